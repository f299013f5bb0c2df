import { crc32, deflateSync } from 'node:zlib';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** US Letter at 72 dots per inch. */
const [WIDTH, HEIGHT] = [612, 792];

/** A small but real PNG: a blank sheet, with so many bytes of text that no viewer shows. */
export function pngOf(title: string, padding: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(WIDTH, 0);
  header.writeUInt32BE(HEIGHT, 4);
  // Eight bits of grey.
  header.writeUInt8(8, 8);
  // Each row begins with its filter: none.
  const row = Buffer.concat([Buffer.from([0]), Buffer.alloc(WIDTH, 0xff)]);
  const pixels = deflateSync(Buffer.concat(Array.from({ length: HEIGHT }, () => row)));
  const text = Buffer.concat([Buffer.from(`Title\0${title}`, 'latin1'), Buffer.alloc(padding, ' ')]);
  const chunks = [chunk('IHDR', header), chunk('tEXt', text), chunk('IDAT', pixels), chunk('IEND', Buffer.alloc(0))];
  return Buffer.concat([SIGNATURE, ...chunks]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, checksum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  checksum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, checksum]);
}
