/** The absolute path of a command on the PATH, or undefined. */
export function onPath(command: string): string | undefined;
/** A Chromium or Chrome: CHROMIUM_PATH, or one of the usual names on the PATH. */
export function findChromium(): string | undefined;
/** The folder of PostgreSQL's server programs, on the PATH or below Debian's folder of them. */
export function findPostgres(debian?: string): string | undefined;
export const isMac: boolean;
/** The Terraform on the PATH and whether it knows write-only arguments (1.11); undefined without one. */
export function terraformVersion(): { readonly version: string; readonly suits: boolean } | undefined;
