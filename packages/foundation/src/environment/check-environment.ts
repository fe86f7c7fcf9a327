import { checkSchema, formatPath } from '../documents/check-schema';
import type { SourceDocument } from '../documents/read-document';
import { repair } from '../documents/repair';
import { isError, type Problem } from '../problems/problem';
import type { Finding } from './rules/rule';
import { rules } from './rules/rules';
import { secretsAnywhere } from './rules/secrets-anywhere';
import { environmentSchema, type EnvironmentFile } from './schema/environment-schema';

type Path = readonly PropertyKey[];

/** For required keys that are missing, while the rest is judged. */
const STAND_INS = { namespace: 'lab', region: 'us-east-1', backend: { local: {} } };

/**
 * Holds an environment.yaml against its schema and against every rule over several fields, all in one go: what the
 * schema refuses is taken out before the rules look, and no rule speaks of what was taken out.
 * `name` is the environment's, given what the file says: it is part of names that have limits.
 * @returns the environment when there is no error; the problems, which then are warnings only
 */
export function checkEnvironment(
  document: SourceDocument,
  name: (file: EnvironmentFile) => string,
): { readonly value?: EnvironmentFile; readonly problems: readonly Problem[] } {
  const { value, problems } = checkSchema(document, environmentSchema);
  const judged = value === undefined ? repair(document.value, environmentSchema, STAND_INS) : { value, removed: [] };
  if (judged === undefined) return { problems };
  const secrets = secretsAnywhere(judged.value, '').filter((finding) => !restsOn(finding, judged.removed));
  const unspoken = [...judged.removed, ...secrets.map(({ path }) => path)];
  const findings = rules
    .flatMap((rule) => rule(judged.value, name(judged.value)))
    .filter((finding) => !restsOn(finding, unspoken));
  const all = [...problems, ...[...secrets, ...findings].map((finding) => placed(finding, document))];
  return value === undefined || all.some(isError) ? { problems: all } : { value, problems: all };
}

function placed({ path, message, hint, severity }: Finding, document: SourceDocument): Problem {
  const line = document.lineOf(path);
  return {
    file: document.file,
    path: formatPath(path),
    message,
    hint,
    ...(severity === undefined ? {} : { severity }),
    ...(line === undefined ? {} : { line }),
  };
}

function restsOn({ path, because = [] }: Finding, removed: readonly Path[]): boolean {
  return [path, ...because].some((place) => removed.some((gone) => startsWith(place, gone) || startsWith(gone, place)));
}

/** The root holds everything, but a finding about the file as a whole rests on no single value. */
function startsWith(path: Path, start: Path): boolean {
  return start.length > 0 && start.every((part, index) => path[index] === part);
}
