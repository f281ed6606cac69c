-- Many applications and their lines, for a bench: closed ones, open ones, and drafts that are ready to be handed in.
-- :all, :open and :drafts are numbers, :key and :view hashes. Numbers is a table of one column n from 1 to :all. Every
-- line has a hash of its own, which is no chain: nothing here verifies one.
INSERT INTO applications (number, service, key_hash, view_hash, fields, ticks, answers, rules, created, saved, receipt, settled)
SELECT number, 'reklame', ':key', ':view', ':fields', '[]', '[]', '', 1767225600000 + n, 1767225600000 + n,
       CASE WHEN n <= :all - :drafts THEN '{}' END, CASE WHEN n <= :all - :open - :drafts THEN 1 ELSE 0 END
FROM numbers;

INSERT INTO events (number, seq, at, actor, account, kind, what, hash)
SELECT number, seq, 1767225600000 + seq * 7200000, actor, account, kind, what, ':key'
FROM numbers CROSS JOIN lines
WHERE seq = 1 OR (n <= :all - :drafts AND seq <= 4) OR n <= :all - :open - :drafts;

INSERT INTO files (id, number, item, page, name, media_type, size, sha256, object, received, round)
SELECT number || '-' || item, number, item, 1, 'foto.jpg', 'image/jpeg', 1000, ':key', 'none', 1767225600000, 0
FROM numbers CROSS JOIN items WHERE n > :all - :drafts;

INSERT INTO tallies (service, part, half, standard, days, cases)
SELECT service, part, half, 5, days, 100 + days FROM parts;
