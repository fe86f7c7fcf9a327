import { rootOf, type AttributeChange } from '../values/diff';
import { isObject, UNKNOWN } from '../values/masks';
import { textOf } from '../values/text-of';
import type { Action } from './action';
import type { Sides } from './sides';

/** When what an update in place brings about happens: during the apply whatever is asked for, or as `apply_immediately` says. */
type When = 'during the apply' | 'as asked';

/** What stops while a provider updates it in place. */
interface Interruption {
  readonly types: readonly string[];
  readonly attributes: readonly string[];
  /** Follows on "it …". */
  readonly does: string;
  readonly when: When;
}

const RESTARTS = 'restarts the database';

/**
 * Updates in place that interrupt a service, by type and attribute.
 * @source RDS: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ModifyInstance.Settings.html
 * @source Aurora: https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.Modifying.html
 * @source DocumentDB: https://docs.aws.amazon.com/documentdb/latest/developerguide/API_ModifyDBInstance.html
 * @source Neptune: https://docs.aws.amazon.com/neptune/latest/userguide/manage-console-instances-modify.html
 * @source EC2: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/instance
 */
const INTERRUPTIONS: readonly Interruption[] = [
  {
    types: ['aws_db_instance'],
    attributes: ['instance_class', 'engine_version', 'identifier'],
    does: RESTARTS,
    when: 'as asked',
  },
  { types: ['aws_db_instance', 'aws_rds_cluster'], attributes: ['port'], does: RESTARTS, when: 'during the apply' },
  { types: ['aws_rds_cluster'], attributes: ['engine_version'], does: RESTARTS, when: 'as asked' },
  {
    types: ['aws_rds_cluster_instance', 'aws_docdb_cluster_instance', 'aws_neptune_cluster_instance'],
    attributes: ['instance_class', 'identifier'],
    does: RESTARTS,
    when: 'as asked',
  },
  {
    types: ['aws_instance'],
    attributes: ['instance_type', 'user_data', 'user_data_base64'],
    does: 'stops and starts the machine',
    when: 'during the apply',
  },
];

/** A database goes on with the old static parameters until somebody restarts it. The same sources. */
const GROUPS: ReadonlyMap<string, string> = new Map([
  ['aws_db_instance', 'parameter_group_name'],
  ['aws_rds_cluster_instance', 'db_parameter_group_name'],
  ['aws_rds_cluster', 'db_cluster_parameter_group_name'],
]);
const PARAMETERS = new Set(['aws_db_parameter_group', 'aws_rds_cluster_parameter_group']);

/** What of an update is not over, or not without a break, when Terraform says that it is done. */
export interface Aftermath {
  /** Each follows on "it …": `restarts the database during the apply (instance_class)`. */
  readonly interrupts: readonly string[];
  /** What waits for a restart that nobody plans. */
  readonly waiting: readonly string[];
}

/** Judges an update in place; anything else has no aftermath that its action does not tell. */
export function aftermathOf(
  type: string,
  action: Action,
  attributes: readonly AttributeChange[],
  { before, after }: Sides,
): Aftermath {
  if (action !== 'update' || !isObject(after)) return { interrupts: [], waiting: [] };
  const changed = new Set(
    attributes.filter((attribute) => attribute.after !== UNKNOWN).map(({ path }) => rootOf(path)),
  );
  const interrupts = INTERRUPTIONS.flatMap(({ types, attributes: names, does, when }) => {
    const causes = types.includes(type) ? names.filter((name) => changed.has(name)) : [];
    return causes.length === 0 ? [] : [`${does} ${moment(when, after)} (${causes.join(', ')})`];
  });
  const group = GROUPS.get(type);
  return {
    interrupts,
    waiting: [
      ...(group !== undefined && changed.has(group)
        ? ['static parameters of the other group wait until the database is restarted']
        : []),
      ...(PARAMETERS.has(type) ? waitingParameters(before, after) : []),
    ],
  };
}

function moment(when: When, { apply_immediately: isImmediate }: Record<string, unknown>): string {
  if (when === 'during the apply' || isImmediate === true) return 'during the apply';
  return 'in its next maintenance window, as apply_immediately is off';
}

/** Parameters that are to be applied at the next restart. */
function waitingParameters(before: unknown, after: Record<string, unknown>): string[] {
  const texts = new Set(parametersOf(before).map((parameter) => JSON.stringify(parameter)));
  const names = parametersOf(after)
    .filter((parameter) => parameter.apply_method === 'pending-reboot' && !texts.has(JSON.stringify(parameter)))
    .map(({ name }) => textOf(name));
  return names.length === 0 ? [] : [`${names.join(', ')}: wait until the databases that use the group are restarted`];
}

function parametersOf(side: unknown): Record<string, unknown>[] {
  return isObject(side) && Array.isArray(side.parameter) ? side.parameter.filter(isObject) : [];
}
