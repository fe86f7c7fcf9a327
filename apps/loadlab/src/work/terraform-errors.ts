import { stripVTControlCharacters } from 'node:util';

/** Where Terraform says what it was about; the address is enough. */
const PLACE = /^(on \S+ line \d+|\d+: )/;

/**
 * The errors in what Terraform (or cdktf, which indents it) printed, each as one line without the box around it. Terraform wraps them at
 * the width of its terminal, which is undone.
 */
export function terraformErrors(output: string): string[] {
  const errors: string[][] = [];
  let box: string[] | undefined;
  for (const line of stripVTControlCharacters(output).split(/\r?\n/)) {
    if (/(^|\s)╷\s*$/.test(line)) box = [];
    else if (/^\s*╵/.test(line)) {
      if (box?.[0]?.startsWith('Error:') === true) errors.push(box);
      box = undefined;
    } else box?.push(line.replace(/^\s*│ ?/, '').trim());
  }
  return errors.map((lines) =>
    lines
      .filter((line) => line !== '' && !PLACE.test(line))
      .join(' ')
      .replace(/^Error: /, '')
      // What follows is the place, which was left out.
      .replace(/,$/, ''),
  );
}
