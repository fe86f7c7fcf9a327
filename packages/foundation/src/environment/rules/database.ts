import { RDS_FAMILIES, rdsInstanceClass } from '../../aws/rds-instance';
import { managedDatabase, type Rule } from './rule';

/** Major versions of PostgreSQL that RDS offers in standard support. */
const MAJOR_VERSIONS = ['14', '15', '16', '17', '18'];

/** A major version that RDS has. Minor ones come by themselves, so a fixed one would be drift after the first of them. */
export const engineVersion: Rule = (environment) => {
  const version = managedDatabase(environment)?.engineVersion;
  if (version === undefined || MAJOR_VERSIONS.includes(version)) return [];
  const [major = ''] = version.split('.');
  return [
    {
      path: ['database', 'engineVersion'],
      message: MAJOR_VERSIONS.includes(major)
        ? `"${version}" is a minor version, which RDS replaces by the next one`
        : `RDS has no PostgreSQL "${version}" in standard support`,
      hint: MAJOR_VERSIONS.includes(major) ? `"${major}"` : `one of ${MAJOR_VERSIONS.join(', ')}`,
    },
  ];
};

/** An instance class that RDS offers PostgreSQL on. */
export const instanceClass: Rule = (environment) => {
  const name = managedDatabase(environment)?.instanceClass;
  if (name === undefined) return [];
  const path = ['database', 'instanceClass'];
  const known = rdsInstanceClass(name);
  if (known === undefined) {
    const hint = `db.<family>.<size> with a family of ${RDS_FAMILIES.join(', ')}`;
    return [{ path, message: `RDS has no instance class "${name}" for PostgreSQL`, hint }];
  }
  if (!known.burstable) return [];
  return [
    {
      path,
      message: `${name} runs on CPU credits: when they are used up, in the middle of a run, it slows down`,
      hint: 'db.m7g.large for a measurement',
      severity: 'warning',
    },
  ];
};

/** Models are stored in a database. */
export const storedModels: Rule = ({ database, proxy }) =>
  database === 'none' && proxy.storeModelInDb
    ? [
        {
          path: ['proxy', 'storeModelInDb'],
          message: 'there is no database to store models in',
          hint: 'false, or describe a database',
          because: [['database']],
        },
      ]
    : [];

/** What production should have. */
export const productionDatabase: Rule = (environment) => {
  if (environment.profile !== 'production') return [];
  if (environment.database === 'none') {
    return [
      {
        path: ['database'],
        message: 'keys, budgets and spend are kept in no database, so there are none',
        hint: 'describe one',
        severity: 'warning',
      },
    ];
  }
  return managedDatabase(environment)?.multiAz === false
    ? [
        {
          path: ['database', 'multiAz'],
          message: 'without a standby the gateway is down for as long as its zone',
          hint: 'true',
          severity: 'warning',
        },
      ]
    : [];
};
