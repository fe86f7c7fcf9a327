import { createHash } from 'node:crypto';
import type { LiteLlmDeployment } from '../litellm-config/litellm-config-schema';

/** A deployment that can be told from all others, and from an earlier version of itself. */
export interface IdentifiedDeployment {
  readonly id: string;
  /** Of its name, parameters and facts; in hexadecimal. */
  readonly sha256: string;
  /** As it is sent to LiteLLM: id and hash are part of `model_info`, which LiteLLM keeps as it is. */
  readonly body: LiteLlmDeployment;
}

/** Where the hash travels: a key of ours in `model_info`. */
export const HASH_KEY = 'loadlab_sha256';

/**
 * Gives each deployment a fixed id: its own `model_info.id`, or its name with a number where a name comes again. LiteLLM
 * would make one up, and registering twice would make two deployments that share the load.
 */
export function identified(deployments: readonly LiteLlmDeployment[]): IdentifiedDeployment[] {
  const seen = new Map<string, number>();
  return deployments.map((deployment) => {
    const given = deployment.model_info?.id;
    const count = (seen.get(deployment.model_name) ?? 0) + 1;
    seen.set(deployment.model_name, count);
    const id = given === undefined ? `${deployment.model_name}${count === 1 ? '' : `#${count}`}` : String(given);
    const sha256 = createHash('sha256').update(canonical(deployment)).digest('hex');
    const body = { ...deployment, model_info: { ...deployment.model_info, id, [HASH_KEY]: sha256 } };
    return { id, sha256, body };
  });
}

/** JSON whose keys are sorted: the order in which somebody wrote them means nothing. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, member: unknown) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([left], [right]) => (left < right ? -1 : 1)))
      : member,
  );
}
