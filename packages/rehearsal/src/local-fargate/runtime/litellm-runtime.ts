import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ContainerImage } from '../definition/container-image';
import { rewriteInSteps, type ProcessDraft, type Rewritten } from '../rewriting/process-draft';
import { isLiteLlmNoise, liteLlmFailedStart, liteLlmLastWords } from './litellm-log';
import type { RuntimeContext, RuntimeKind } from './runtime';

/** Entry points of LiteLLM's image other than the proxy need its database engine. @source docker/README.md of BerriAI/litellm */
const OTHER_COMPONENTS = ['gateway', 'backend', 'ui', 'migrations', 'metrics', 'collector'];

const ENVIRONMENT = [
  // Without it LiteLLM reads the first .env above its own folder: the workspace's.
  {
    name: 'LITELLM_MODE',
    value: 'PRODUCTION',
    why: 'no .env file of this folder must leak in, as none is in the image',
  },
  { name: 'LITELLM_LOCAL_MODEL_COST_MAP', value: 'True', why: 'without internet each worker would lose 7 s on it' },
  // Its imports alone take longer on a busy laptop.
  { name: 'TIMEOUT_WORKER_HEALTHCHECK', value: '60', why: 'its server kills a worker that is silent for 5 s' },
  { name: 'PYTHONUNBUFFERED', value: '1', why: 'the log is watched while LiteLLM starts' },
];

/** LiteLLM from a Python virtual environment, in the place of its image. */
export function liteLlmRuntime(venv: string): RuntimeKind {
  return {
    name: 'LiteLLM',
    example: 'ghcr.io/berriai/litellm',
    stands: (image) => /(^|\/)litellm(-database|-non_root)?$/.test(image.repository),
    find(image) {
      const version = installedVersion(venv);
      if (version === undefined) return { message: `LiteLLM is not installed in ${venv}`, hint: 'npm run setup' };
      const difference = differenceFrom(image, version);
      return {
        description: `LiteLLM ${version} from ${venv}`,
        ...(difference === undefined ? {} : { difference }),
        binFolders: [join(venv, 'bin')],
        environment: ENVIRONMENT,
        start: (command) => startLiteLlm(venv, command),
        adapt: adaptLiteLlm,
        workers: (args, environment) => Number(wantedWorkers(args, environment)?.value ?? 1),
        isNoise: isLiteLlmNoise,
        failedStart: liteLlmFailedStart,
        lastWords: liteLlmLastWords,
      };
    },
  };
}

/** Read from the package's folder: asking LiteLLM itself takes seconds. */
function installedVersion(venv: string): string | undefined {
  const libraries = join(venv, 'lib');
  if (!existsSync(join(venv, 'bin', 'litellm')) || !existsSync(libraries)) return undefined;
  return readdirSync(libraries)
    .map((python) => join(libraries, python, 'site-packages'))
    .filter((packages) => existsSync(packages))
    .flatMap((packages) => readdirSync(packages))
    .map((name) => /^litellm-(\d[^-]*)\.dist-info$/.exec(name)?.[1])
    .find((version) => version !== undefined);
}

function differenceFrom(image: ContainerImage, version: string): string | undefined {
  const wanted = image.tag?.replace(/^(main-)?v/, '');
  if (wanted === version) return undefined;
  return `LiteLLM ${version} runs here, the image is ${wanted ?? 'pinned by its digest alone'}`;
}

function startLiteLlm(venv: string, command: readonly string[]): readonly string[] | { problem: string } {
  const [first, ...rest] = command;
  if (first !== undefined && OTHER_COMPONENTS.includes(first))
    return { problem: `the image's component "${first}" cannot run here: only LiteLLM's proxy can` };
  // By its interpreter: a script's first line does not survive a moved folder or a path with a space.
  const liteLlm = [join(venv, 'bin', 'python'), join(venv, 'bin', 'litellm')];
  if (first === undefined || first.startsWith('-')) return [...liteLlm, ...command];
  return first === 'proxy' || first === 'litellm' ? [...liteLlm, ...rest] : command;
}

function adaptLiteLlm(draft: ProcessDraft, context: RuntimeContext): Rewritten {
  return rewriteInSteps(draft, [
    (step) => limitWorkers(step, context.maxWorkers),
    (step) => addArgument(step, '--host', 'HOST', '127.0.0.1', 'nobody else on the network has business here'),
    (step) => addPort(step, context.ports),
  ]);
}

function limitWorkers(draft: ProcessDraft, most: number | undefined): Rewritten {
  const wanted = wantedWorkers(draft.command, draft.environment);
  if (most === undefined || wanted === undefined || Number(wanted.value) <= most) return { draft, rewritings: [] };
  const after = String(most);
  const why = 'what this machine carries beside the upstream and the load generator';
  return {
    draft:
      wanted.index === undefined
        ? { ...draft, environment: { ...draft.environment, NUM_WORKERS: after } }
        : { ...draft, command: draft.command.with(wanted.index, after) },
    rewritings: [{ container: draft.name, place: wanted.place, before: wanted.value, after, why }],
  };
}

/** Where the number of workers stands; LiteLLM takes one when it stands nowhere. */
function wantedWorkers(
  command: readonly string[],
  environment: Readonly<Record<string, string>>,
): { value: string; place: string; index?: number } | undefined {
  const index = command.indexOf('--num_workers') + 1;
  const inCommand = index > 0 ? command[index] : undefined;
  if (inCommand !== undefined) return { value: inCommand, place: `command[${index}]`, index };
  const value = environment.NUM_WORKERS;
  return value === undefined ? undefined : { value, place: 'environment.NUM_WORKERS' };
}

function addPort(draft: ProcessDraft, ports: ReadonlyMap<number, number>): Rewritten {
  // The image listens on 4000 unless told otherwise; LiteLLM itself then takes another port when that one is taken.
  const port = ports.get(4000);
  if (port === undefined) return { draft, rewritings: [] };
  return addArgument(draft, '--port', 'PORT', String(port), 'a free port of this machine');
}

function addArgument(draft: ProcessDraft, flag: string, variable: string, value: string, why: string): Rewritten {
  const given = draft.command.some((argument) => argument === flag || argument.startsWith(`${flag}=`));
  if (given || draft.environment[variable] !== undefined) return { draft, rewritings: [] };
  const rewriting = { container: draft.name, place: 'command', before: '', after: `${flag} ${value}`, why };
  return { draft: { ...draft, command: [...draft.command, flag, value] }, rewritings: [rewriting] };
}
