import type { SourceDocument } from '../documents/read-document';
import { formatPath } from '../documents/check-schema';
import type { Problem } from '../problems/problem';
import type { EnvironmentFile } from './environment-schema';
import { rules } from './rules/rules';

/** What an environment is besides its file's content. */
export interface EnvironmentContext {
  /** The folder's name. */
  readonly name: string;
  /** Where the values stand, for problems. */
  readonly document: SourceDocument;
}

/** Everything that is wrong with an environment beyond single fields: what does not fit together, and what AWS refuses. */
export function checkEnvironment(environment: EnvironmentFile, context: EnvironmentContext): Problem[] {
  return rules.flatMap((rule) =>
    rule(environment, context.name).map(({ path, ...finding }) => {
      const line = context.document.lineOf(path);
      return {
        file: context.document.file,
        path: formatPath(path),
        ...finding,
        ...(line === undefined ? {} : { line }),
      };
    }),
  );
}
