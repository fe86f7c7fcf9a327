import type { DeploymentView } from '../config-view';
import type { Finding, Rule } from '../lint-context';

/** A gateway without a model: it starts, reports that it is healthy, and refuses every request. */
export const someModel: Rule = ({ root, deployments }) => {
  const list = root.model_list;
  if (deployments.length > 0 || (list !== undefined && list !== null && !Array.isArray(list))) return [];
  if (Array.isArray(list) && list.length > 0) return [];
  return [
    {
      path: list === undefined ? [] : ['model_list'],
      message: 'no model: LiteLLM would start and answer every request with "Invalid model name passed in model=…"',
      hint: 'give model_list at least one entry with model_name and litellm_params.model',
    },
  ];
};

/** The same deployment twice, which only looks like load balancing, and ids that two deployments share. */
export const duplicateDeployments: Rule = ({ deployments }) => [
  ...repeated(deployments, ({ entry, params }) => JSON.stringify([entry.model_name, sorted(params)])).map(
    ([{ index }, first]): Finding => ({
      path: ['model_list', index],
      message: `repeats model_list[${first.index}]: the same name with the same parameters`,
      hint: 'remove one; to give a deployment more of the load, set litellm_params.weight',
    }),
  ),
  ...repeated(deployments, ({ info }) =>
    typeof info.id === 'string' || typeof info.id === 'number' ? `${info.id}` : undefined,
  ).map(([{ index, info }, first]): Finding => ({
    path: ['model_list', index, 'model_info', 'id'],
    message: `${JSON.stringify(info.id)} is already the id of model_list[${first.index}]: one would hide the other`,
    hint: 'give each deployment an id of its own',
  })),
];

/** Each deployment whose key was seen before, with the first that had it. */
function repeated(
  deployments: readonly DeploymentView[],
  keyOf: (deployment: DeploymentView) => string | undefined,
): [DeploymentView, DeploymentView][] {
  const seen = new Map<string, DeploymentView>();
  return deployments.flatMap((deployment) => {
    const key = keyOf(deployment);
    if (key === undefined) return [];
    const first = seen.get(key);
    if (first === undefined) seen.set(key, deployment);
    return first === undefined ? [] : [[deployment, first] satisfies [DeploymentView, DeploymentView]];
  });
}

function sorted(params: Readonly<Record<string, unknown>>): [string, unknown][] {
  return Object.entries(params).sort(([left], [right]) => (left < right ? -1 : 1));
}
