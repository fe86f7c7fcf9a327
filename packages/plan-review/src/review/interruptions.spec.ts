import { UNKNOWN } from '../values/masks';
import { aftermathOf } from './interruptions';
import { differences } from './sides';

const aftermath = (type: string, before: object, after: object, action: 'update' | 'replace' = 'update') =>
  aftermathOf(type, action, differences({ before, after }), { before, after });
const WINDOW = 'restarts the database in its next maintenance window, as apply_immediately is off';

describe('an update in place', () => {
  it.each<[string, string, object, object, string[]]>([
    [
      'another class',
      'aws_db_instance',
      { instance_class: 'a' },
      { instance_class: 'b' },
      [`${WINDOW} (instance_class)`],
    ],
    [
      'another class and version, at once',
      'aws_db_instance',
      { instance_class: 'a', engine_version: '16' },
      { instance_class: 'b', engine_version: '17', apply_immediately: true },
      ['restarts the database during the apply (instance_class, engine_version)'],
    ],
    [
      'another port, which no window is waited for',
      'aws_db_instance',
      { port: 5432, apply_immediately: false },
      { port: 5433, apply_immediately: false },
      ['restarts the database during the apply (port)'],
    ],
    [
      'another size of a machine',
      'aws_instance',
      { instance_type: 'a' },
      { instance_type: 'b' },
      ['stops and starts the machine during the apply (instance_type)'],
    ],
    ['more storage', 'aws_db_instance', { allocated_storage: 50 }, { allocated_storage: 100 }, []],
    ['a version that is not known yet', 'aws_db_instance', { engine_version: '16' }, { engine_version: UNKNOWN }, []],
    ['the class of something else', 'aws_vpc', { instance_class: 'a' }, { instance_class: 'b' }, []],
  ])('interrupts what AWS says that it interrupts: %s', (_, type, before, after, expected) => {
    expect(aftermath(type, before, after).interrupts).toEqual(expected);
  });

  it('leaves static parameters waiting', () => {
    const of = (value: string, apply_method: string): object => ({
      parameter: [
        { name: 'max_connections', value, apply_method },
        { name: 'other', value: '1', apply_method: 'pending-reboot' },
      ],
    });
    expect(
      aftermath('aws_db_parameter_group', of('100', 'pending-reboot'), of('200', 'pending-reboot')).waiting,
    ).toEqual(['max_connections: wait until the databases that use the group are restarted']);
    expect(aftermath('aws_db_parameter_group', of('100', 'immediate'), of('200', 'immediate')).waiting).toEqual([]);
    const { waiting } = aftermath('aws_db_instance', { parameter_group_name: 'a' }, { parameter_group_name: 'b' });
    expect(waiting).toEqual(['static parameters of the other group wait until the database is restarted']);
  });

  it('is meant: what is replaced is interrupted anyhow', () => {
    const { interrupts } = aftermath('aws_db_instance', { instance_class: 'a' }, { instance_class: 'b' }, 'replace');
    expect(interrupts).toEqual([]);
  });
});
