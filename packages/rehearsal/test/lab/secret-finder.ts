import { readFileSync } from 'node:fs';
import { unzipSync } from 'fflate';

/** Bytes with which every zip begins: plans of Terraform and code of functions are zips, in which no text can be seen. */
const ZIP = Buffer.from('PK\x03\x04', 'latin1');

/** The files that contain one of the secrets, as it is or in a spelling that hides nothing: base64, hexadecimal, URL, JSON. */
export function filesWithSecrets(files: readonly string[], secrets: readonly string[]): string[] {
  const wanted = secrets.flatMap(spellings);
  return files.flatMap((file) => {
    const parts = partsOf(file, readFileSync(file));
    return parts.filter(({ bytes }) => wanted.some((secret) => bytes.includes(secret))).map(({ name }) => name);
  });
}

function partsOf(name: string, bytes: Buffer): { readonly name: string; readonly bytes: Buffer }[] {
  if (!bytes.subarray(0, ZIP.length).equals(ZIP)) return [{ name, bytes }];
  const packed = Object.entries(unzipSync(bytes)).flatMap(([path, content]) =>
    partsOf(`${name}!${path}`, Buffer.from(content)),
  );
  return [{ name, bytes }, ...packed];
}

function spellings(secret: string): Buffer[] {
  const bytes = Buffer.from(secret);
  // In base64 the first and last characters depend on what stands around it.
  const base64 = [0, 1, 2].map((shift) =>
    Buffer.concat([Buffer.alloc(shift), bytes])
      .toString('base64')
      .slice(4, -4),
  );
  const texts = [
    secret,
    ...base64,
    bytes.toString('hex'),
    encodeURIComponent(secret),
    JSON.stringify(secret).slice(1, -1),
  ];
  return [...new Set(texts)].map((text) => Buffer.from(text));
}
