import { planSchema } from '../plan/plan-json';
import { reviewRemembered } from './drift';

const ADDRESS = 'aws_lb.main';
const CONFIGURED = { name: {}, subnets: {}, list: {}, policy: {} };

interface Sides {
  readonly before: object;
  readonly after: object | null;
  readonly after_unknown?: object;
}

/** What becomes of a drift, in a plan that does something to the resource. */
function sorted(found: Sides, planned: Sides & { readonly actions: string[] }) {
  const resource = { address: ADDRESS, mode: 'managed', type: 'aws_lb', name: 'main' };
  const plan = planSchema.parse({
    format_version: '1.2',
    resource_drift: [{ ...resource, change: { actions: ['update'], ...found } }],
    resource_changes: [{ ...resource, change: planned }],
    configuration: { root_module: { resources: [{ ...resource, expressions: CONFIGURED }] } },
  });
  const paths = (entries: readonly { attributes: readonly { path: string }[] }[]): string[] =>
    entries.flatMap(({ attributes }) => attributes.map(({ path }) => path));
  const { drift, leftAlone, refreshed } = reviewRemembered('lab', plan);
  return { drift: paths(drift), leftAlone: paths(leftAlone), refreshed: paths(refreshed) };
}
const none = { drift: [], leftAlone: [], refreshed: [] };

describe('what was changed outside of Terraform', () => {
  it.each<[string, Sides, Sides & { actions: string[] }, Partial<typeof none> | Record<string, string[]>]>([
    [
      'has drifted where the plan sets it back, though the code does not mention it',
      { before: { idle: 60 }, after: { idle: 90 } },
      { actions: ['update'], before: { idle: 90 }, after: { idle: 60 } },
      { drift: ['idle'] },
    ],
    [
      'has drifted where the plan sets it to something else',
      { before: { name: 'a' }, after: { name: 'b' } },
      { actions: ['update'], before: { name: 'b' }, after: { name: 'c' } },
      { drift: ['name'] },
    ],
    [
      'has drifted in each attribute when the resource is made anew',
      { before: { name: 'a', arn: 1 }, after: { name: 'b', arn: 2 } },
      {
        actions: ['delete', 'create'],
        before: { name: 'b', arn: 2 },
        after: { name: 'b' },
        after_unknown: { arn: true },
      },
      { drift: ['name', 'arn'] },
    ],
    [
      'has drifted where the way back counts the elements of a list otherwise',
      { before: { list: ['a', 'b', 'c'] }, after: { list: ['b', 'd'] } },
      { actions: ['update'], before: { list: ['b', 'd'] }, after: { list: ['a', 'b', 'c'] } },
      { drift: ['list[0]', 'list[1]'] },
    ],
    [
      'has drifted where a document became another text',
      { before: { policy: '{"a":1}' }, after: { policy: 'none' } },
      { actions: ['update'], before: { policy: 'none' }, after: { policy: '{"a":1}' } },
      { drift: ['policy'] },
    ],
    [
      'is left alone in what the plan does not touch',
      { before: { name: 'a', name_prefix: 'x', list: ['a'] }, after: { name: 'b', name_prefix: 'x', list: ['b'] } },
      {
        actions: ['update'],
        before: { name: 'b', name_prefix: 'x', list: ['b'] },
        after: { name: 'b', name_prefix: 'y', list: ['a'] },
      },
      { drift: ['list[0]'], leftAlone: ['name'] },
    ],
    [
      'is left alone where the plan changes nothing',
      { before: { name: 'a' }, after: { name: 'b' } },
      { actions: ['no-op'], before: { name: 'b' }, after: { name: 'b' } },
      { leftAlone: ['name'] },
    ],
    [
      'is only read anew where the provider fills it in, and will do so again',
      { before: { etag: 1 }, after: { etag: 2 } },
      { actions: ['update'], before: { etag: 2, name: 'a' }, after: { name: 'b' }, after_unknown: { etag: true } },
      { refreshed: ['etag'] },
    ],
  ])('%s', (_, found, planned, expected) => {
    expect(sorted(found, planned)).toEqual({ ...none, ...expected });
  });
});
