-- Beginning an application once: its Idempotency-Key is looked for before the application has a number.
CREATE UNIQUE INDEX idempotency_create ON idempotency (key) WHERE action = 'create';
