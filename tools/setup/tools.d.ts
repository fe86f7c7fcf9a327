/** The absolute path of a command on the PATH, or undefined. */
export function onPath(command: string): string | undefined;
/** A Chromium or Chrome: CHROMIUM_PATH, or one of the usual names on the PATH. */
export function findChromium(): string | undefined;
/** The folder of PostgreSQL's server programs, on the PATH or below Debian's folder of them. */
export function findPostgres(debian?: string): string | undefined;
/** What is wrong with this machine's Terraform (none, or older than 1.11), and how to get one that suits; undefined when nothing is. */
export function terraformProblem(): { readonly seen: string; readonly install: string } | undefined;
