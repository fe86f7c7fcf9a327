import { InputError, type Environment, type Problem } from '@loadlab/foundation';

/**
 * What this machine can run: an environment with an upstream, without a database, and with a value for each of its own secrets, which are
 * here what the shell says under their names.
 * @throws {InputError} with everything that is in the way
 */
export function requireLocalEnvironment(
  { file, mockOpenai, database, proxy }: Environment,
  variables: Readonly<Record<string, string | undefined>>,
): void {
  const problems: Problem[] = [];
  if (mockOpenai === 'none')
    problems.push({
      file,
      path: 'mockOpenai',
      message: 'is none: there would be no upstream on this machine',
      hint: 'give it a section, or load another upstream with: loadlab run',
    });
  if (database !== 'none')
    problems.push({
      file,
      path: 'database',
      message: 'LiteLLM’s database engine cannot run as a local process',
      hint: 'database: none, or the environment laptop',
    });
  for (const name of Object.keys(proxy.secrets))
    if (variables[name] === undefined)
      problems.push({
        file,
        path: `proxy.secrets.${name}`,
        message: 'Secrets Manager is not asked on this machine, and the variable of this name is not set',
        hint: `${name}=… npx loadlab local`,
      });
  if (problems.length > 0) throw new InputError(problems);
}
