// eslint's no-control-regex asks for the escape to be built rather than written.
const ANSI = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g');
const EXCEPTION = /^(?:Uncaught )?(?:[A-Za-z_][\w.]*\.)?(?:[A-Z]\w*)?(?:Error|Exception|Exit|Interrupt)\b.*/;

/** Lines of a log without colours, rulers and blank ones. */
export function meaningfulLines(log: string): string[] {
  return log
    .replace(ANSI, '')
    .split('\n')
    .map((line) => line.trimEnd())
    .filter((line) => line.trim() !== '' && !/^[\s#█╗╝╔╚═║-]*$/.test(line));
}

/** The last exception of a Python traceback or a Node crash, with the lines that belong to its message. */
export function lastException(lines: readonly string[]): string | undefined {
  const start = lines.findLastIndex((line) => EXCEPTION.test(line));
  if (start < 0) return undefined;
  // A message may go on for some lines (a YAML error says where); a new log line or a stack frame ends it.
  const rest = lines.slice(start + 1, start + 5);
  const end = rest.findIndex((line) =>
    /^(\s+at |INFO|ERROR|WARNING|\d\d:\d\d:\d\d|Traceback|Node\.js v|#| Thank|Give)/.test(line),
  );
  return [lines[start], ...(end < 0 ? rest : rest.slice(0, end))].join('\n');
}

/** The last so many lines, for when nothing better is known. */
export function lastLines(lines: readonly string[], count: number): string | undefined {
  return lines.length === 0 ? undefined : lines.slice(-count).join('\n');
}
