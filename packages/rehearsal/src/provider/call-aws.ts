import type { Interference, PendingCall } from '../faults/interference';
import type { KnownValues } from '../protocol/value';
import { Attributes } from '../protocol/attributes';
import type { ResourceType } from '../resources/resource-type';
import type { Applied } from './apply-change';
import { refusal, type Verb } from './diagnostics';

const verbs: Readonly<Record<PendingCall['operation'], Verb>> = {
  create: 'creating',
  read: 'reading',
  update: 'updating',
  delete: 'deleting',
};

/**
 * Makes a call, unless something gets in its way first; afterwards, waiting for its result may fail.
 * `before` is the state that stays when nothing was done.
 */
export async function callAws(
  interference: Interference,
  type: ResourceType,
  call: PendingCall,
  before: KnownValues | null,
  make: () => Promise<Applied> | Applied,
): Promise<Applied> {
  const name = new Attributes(before ?? call.values).text(before === null ? 'name' : 'id');
  let made;
  try {
    made = await interference.run(call, make);
  } catch (error) {
    return { state: before, diagnostics: [refusal(error, verbs[call.operation], type, name)] };
  }
  const { result, late } = made;
  if (late === undefined || result.diagnostics.length > 0) return result;
  // What was deleted is gone, but Terraform hears of it at its next refresh only.
  const state = call.operation === 'delete' ? before : result.state;
  const id = new Attributes(result.state ?? {}).text('id') || name;
  return { state, diagnostics: [refusal(late, 'waiting for', type, id)] };
}
