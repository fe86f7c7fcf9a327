import type { z } from 'zod';
import { InputError, type Problem } from '@loadlab/foundation';

/** `env:NAME` stands for the value of the environment variable NAME. */
const FROM_ENVIRONMENT = /^env:([A-Za-z_][A-Za-z0-9_]*)$/;
const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
/** Headers whose value is a credential whoever the server is: a scenario file is committed, so they must come from the environment. */
const CREDENTIAL = /authorization|api[-_]?key|secret|password|cookie|credential|(^|[-_])token$/i;
/** What keys look like whatever the header is called. */
const LOOKS_LIKE_A_KEY = /^(Bearer|Basic)\s+\S|\bsk-[A-Za-z0-9_-]{6,}/i;
/** The engine frames requests itself; these would contradict it. */
const FRAMING = new Set(['content-length', 'transfer-encoding', 'connection', 'expect', 'upgrade']);

/** Refuses header names and values that cannot be sent, and credentials written out. For zod's `superRefine`. */
export function checkRequestHeaders(headers: Readonly<Record<string, string>>, context: z.RefinementCtx): void {
  for (const [name, value] of Object.entries(headers)) {
    const fail = (message: string): void => context.addIssue({ code: 'custom', path: [name], message });
    if (!HEADER_NAME.test(name)) fail('is not a header name');
    else if (FRAMING.has(name.toLowerCase())) fail('is set by the load generator itself');
    else if (/[\r\n\0]/.test(value)) fail('has a line break in its value');
    else if (value.startsWith('env:') && !FROM_ENVIRONMENT.test(value)) fail('must name a variable: env:NAME');
    else if (!FROM_ENVIRONMENT.test(value) && (CREDENTIAL.test(name) || LOOKS_LIKE_A_KEY.test(value)))
      fail('holds a credential written out: write env:NAME, and set NAME in the environment');
  }
}

/** Names of the environment variables that the headers take their values from, by header. */
export function headerVariables(headers: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  const variables = new Map<string, string>();
  for (const [header, value] of Object.entries(headers)) {
    const name = FROM_ENVIRONMENT.exec(value)?.[1];
    if (name !== undefined) variables.set(header, name);
  }
  return variables;
}

/** A problem for each `env:NAME` whose variable is unset or empty. */
export function unsetHeaderVariables(
  file: string,
  headers: Readonly<Record<string, string>>,
  variables: NodeJS.ProcessEnv,
): Problem[] {
  return [...headerVariables(headers)]
    .filter(([, variable]) => (variables[variable] ?? '') === '')
    .map(([header, variable]) => ({
      file,
      path: `request.headers.${header}`,
      message: `the environment variable ${variable} is not set`,
      hint: `export ${variable}=…`,
    }));
}

/**
 * Headers with each `env:NAME` replaced by the variable's value.
 * @throws {InputError} naming every variable that is unset
 */
export function resolveHeaders(
  file: string,
  headers: Readonly<Record<string, string>>,
  variables: NodeJS.ProcessEnv,
): Record<string, string> {
  const problems = unsetHeaderVariables(file, headers, variables);
  if (problems.length > 0) throw new InputError(problems);
  const fromEnvironment = headerVariables(headers);
  return Object.fromEntries(
    Object.entries(headers).map(([header, value]) => {
      const variable = fromEnvironment.get(header);
      return [header, variable === undefined ? value : (variables[variable] ?? '')];
    }),
  );
}
