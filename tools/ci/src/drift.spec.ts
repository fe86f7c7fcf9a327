import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readPlans, reviewPlans } from '@loadlab/plan-review';
import { reportDrift } from './drift';

const folder = mkdtempSync(path.join(tmpdir(), 'loadlab-drift-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Service {
  desired_count: number;
  tags: { team: string };
}
const service = (desired_count: number, team: string): Service => ({ desired_count, tags: { team } });

/** The report on a service that was applied, found, and would be planned so; without a plan Terraform only refreshed. */
function report(applied: Service, found: Service, planned?: Service, ...more: object[]) {
  const resource = { address: 'aws_ecs_service.app', mode: 'managed', type: 'aws_ecs_service', name: 'app' };
  const action = JSON.stringify(found) === JSON.stringify(planned) ? 'no-op' : 'update';
  const file = path.join(folder, 'drift.json');
  const change = (actions: string[], before: Service, after: Service): object => ({
    ...resource,
    change: { actions, before, after },
  });
  const plan = {
    format_version: '1.2',
    planned_values: {},
    ...(applied === found ? {} : { resource_drift: [change(['update'], applied, found)] }),
    ...(planned === undefined ? {} : { resource_changes: [change([action], found, planned), ...more] }),
    configuration: { root_module: { resources: [{ ...resource, expressions: { desired_count: {}, tags: {} } }] } },
  };
  writeFileSync(file, JSON.stringify(plan));
  const plans = readPlans([`proxy-service-benchmark=${file}`]);
  return reportDrift('benchmark', plans, reviewPlans(plans), 60_000);
}

it('what the code ignores is said, and nobody is woken', () => {
  const { code, report: text } = report(service(2, 'a'), service(5, 'a'), service(5, 'a'));
  expect(code).toBe(0);
  expect(text).toContain('No drift in `proxy-service`.');
  expect(text).toMatch(/the code ignores it.*desired&#95;count: 2 -&gt; 5/);
});

it('what an apply would undo ends with exit code 2', () => {
  const { code, report: text } = report(service(2, 'a'), service(5, 'by hand'), service(5, 'a'));
  expect(code).toBe(2);
  expect(text).toContain('**1 thing was changed outside of Terraform.** An apply would change it again');
  expect(text).toMatch(/the code ignores it.*desired&#95;count: 2 -&gt; 5/);
});

it('where only a refresh could be planned, whatever the code sets has drifted', () => {
  const { code, report: text } = report(service(2, 'a'), service(5, 'a'));
  expect(code).toBe(2);
  expect(text).toContain('An apply may change it again');
});

it('what the code wants beside that is counted, and is no drift', () => {
  const same = service(2, 'a');
  const more = {
    address: 'aws_vpc.new',
    type: 'aws_vpc',
    name: 'new',
    change: { actions: ['create'], before: null, after: {} },
  };
  const { code, report: text } = report(same, same, same, more);
  expect(code).toBe(0);
  expect(text).toContain('_Apart from that, the code wants 1 change that nobody applied yet._');
});
