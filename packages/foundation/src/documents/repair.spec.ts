import fc from 'fast-check';
import { environmentSchema } from '../environment/schema/environment-schema';
import { repair } from './repair';

const STAND_INS = { namespace: 'lab', region: 'us-east-1', backend: { local: {} } };

describe('the rest of a document with mistakes', () => {
  it('is what remains without them, and says what was taken out', () => {
    const value = { namespace: 5, region: 'eu-west-1', backend: { local: {} }, proxy: { tasks: 0, cpu: 8, imge: 'x' } };
    const repaired = repair(value, environmentSchema, STAND_INS);
    expect(repaired?.value).toMatchObject({ namespace: 'lab', region: 'eu-west-1', proxy: { tasks: 4, cpu: 8 } });
    expect(repaired?.removed).toEqual([['namespace'], ['proxy', 'tasks']]);
  });

  it('keeps the document itself as it was', () => {
    const value = { region: 5, proxy: { tasks: 0 } };
    repair(value, environmentSchema, STAND_INS);
    expect(value).toEqual({ region: 5, proxy: { tasks: 0 } });
  });

  it('is nothing for what is no table at all', () => {
    expect(repair([1, 2], environmentSchema, STAND_INS)).toBeUndefined();
    expect(repair('text', environmentSchema, STAND_INS)).toBeUndefined();
  });

  it('is found, or given up, whatever the document holds', () => {
    const keys = ['namespace', 'region', 'backend', 'network', 'database', 'proxy', 'mockOpenai', 'tags', 'x'];
    const document = fc.dictionary(fc.constantFrom(...keys), fc.jsonValue({ maxDepth: 4 }));
    fc.assert(
      fc.property(document, (value) => {
        const repaired = repair(value, environmentSchema, STAND_INS);
        if (repaired !== undefined) expect(repaired.value.namespace).toEqual(expect.any(String));
      }),
    );
  });
});
