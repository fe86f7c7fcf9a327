import { buildRecord } from '../../src/record/build-record';
import { syntheticContext, syntheticMeasurement } from './synthetic-run';

it('a run during which the target changed is invalid, and says how', () => {
  const lost = 'litellm: task litellm-2 was lost during the run: it failed its container health checks';
  const record = buildRecord({ target: [syntheticMeasurement()] }, { ...syntheticContext(), disturbances: [lost] });
  expect(record.validity).toEqual({ valid: false, reasons: [lost] });
});
