// The photo judge (crates/judge) in a worker: opens a photo, has it judged, and cuts out where the first fault shows.
// The build writes MODULE, the address of the judge.
const judge = WebAssembly.instantiateStreaming(fetch('MODULE'), {}).then(({ instance }) => instance.exports);
// Without it every photo is answered without a verdict.
judge.catch(() => {});

onmessage = async ({ data: { id, bytes, type, known } }) => {
  const answer = await look(bytes, type, known).catch(() => ({}));
  postMessage({ id, ...answer });
};

async function look(bytes, type, known) {
  const picture = await createImageBitmap(new Blob([bytes], { type })), scale = Math.min(1, 1600 / Math.max(picture.width, picture.height));
  const width = Math.round(picture.width * scale), height = Math.round(picture.height * scale);
  const canvas = new OffscreenCanvas(width, height), at = canvas.getContext('2d', { willReadFrequently: true });
  at.fillStyle = '#fff';
  at.fillRect(0, 0, width, height);
  at.imageSmoothingQuality = 'high';
  at.drawImage(picture, 0, 0, width, height);
  picture.close();
  const points = at.getImageData(0, 0, width, height).data, hashes = new TextEncoder().encode(known);
  const { memory, room, look, said } = await judge, place = room(points.length + hashes.length);
  const all = new Uint8Array(memory.buffer);
  all.set(points, place);
  all.set(hashes, place + points.length);
  const length = look(width, height), text = new TextDecoder().decode(new Uint8Array(memory.buffer, said(), length));
  const [, ...spot] = (text.split('\n')[1] || '').split(' ').map(Number);
  return { text, picture: spot.length === 4 ? await cut(canvas, spot) : null };
}

// A small picture of a place.
async function cut(canvas, [x, y, width, height]) {
  const scale = Math.min(1, 480 / Math.max(width, height)), small = new OffscreenCanvas(Math.ceil(width * scale), Math.ceil(height * scale));
  small.getContext('2d').drawImage(canvas, x, y, width, height, 0, 0, small.width, small.height);
  return (await small.convertToBlob({ type: 'image/jpeg', quality: 0.8 })).arrayBuffer();
}
