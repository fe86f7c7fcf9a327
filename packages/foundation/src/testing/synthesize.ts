import { join } from 'node:path';
import { Testing, TerraformStack, type App } from 'cdktf';
import { labApp } from '../stack/lab-app';

/** One resource, data source or output as Terraform reads it. */
export type Block = Readonly<Record<string, unknown>>;

/** What a stack was synthesized into, for assertions. */
export interface SynthesizedStack {
  /** All of cdk.tf.json, without cdktf's own notes. */
  readonly json: Block;
  /** The same without what changes with every release of a provider: for snapshots. */
  readonly snapshot: Block;
  /** `aws_vpc.vpc` and so on, sorted: managed resources only. */
  readonly addresses: readonly string[];
  /** All resources of a type, by name. */
  resources(type: string): Readonly<Record<string, Block>>;
  /** The only resource of a type. @throws {Error} when there is none, or more than one */
  resource(type: string): Block;
  /** All data sources of a type, by name. */
  dataSources(type: string): Readonly<Record<string, Block>>;
  /** Values of the stack's outputs, by name. */
  readonly outputs: Readonly<Record<string, unknown>>;
}

/**
 * Synthesizes stacks the way `app.synth()` does, without writing them: every stack is prepared first (or references
 * between stacks come out as addresses that do not exist, and every matcher passes), aspects and validations run.
 * @returns what each became, by its id: `network-test`
 */
export function synthesize(build: (app: App) => void): Readonly<Record<string, SynthesizedStack>> {
  // Nothing is written there, but paths of local states are relative to it.
  const app = labApp({ outdir: join(process.cwd(), 'cdktf.out') });
  build(app);
  const stacks = app.node.children.filter((child) => TerraformStack.isStack(child));
  stacks.forEach((stack) => {
    stack.prepareStack();
  });
  return Object.fromEntries(stacks.map((stack) => [stack.node.id, synthesized(stack)]));
}

function synthesized(stack: TerraformStack): SynthesizedStack {
  const json = JSON.parse(Testing.synth(stack, true)) as Block;
  const section = (name: string): Readonly<Record<string, Readonly<Record<string, Block>>>> =>
    (json[name] ?? {}) as Readonly<Record<string, Readonly<Record<string, Block>>>>;
  return {
    json,
    snapshot: withoutVersions(json),
    addresses: Object.entries(section('resource'))
      .flatMap(([type, members]) => Object.keys(members).map((name) => `${type}.${name}`))
      .sort(),
    resources: (type) => section('resource')[type] ?? {},
    resource(type) {
      const members = Object.values(section('resource')[type] ?? {});
      const [only] = members;
      if (only === undefined || members.length > 1) {
        throw new Error(`${members.length} resources of type ${type} in ${stack.node.id}, not one`);
      }
      return only;
    },
    dataSources: (type) => section('data')[type] ?? {},
    outputs: Object.fromEntries(
      Object.entries((json.output ?? {}) as Record<string, Block>).map(([name, { value }]) => [name, value]),
    ),
  };
}

/** Provider versions, and content hashes: in hexadecimal, as in file names, or in base64, as of a function's code. */
function withoutVersions(json: Block): Block {
  const { terraform, ...rest } = json;
  const { required_providers: _versions, ...others } = (terraform ?? {}) as Record<string, unknown>;
  const text = JSON.stringify({ ...rest, terraform: others }).replace(
    /\b[0-9A-Fa-f]{32,64}\b|(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{43}=/g,
    '<hash>',
  );
  return JSON.parse(text) as Block;
}
