import { DATABASE } from './ingredients';
import type { WrongEnvironment } from './wrong-environment';

/** The database. */
export const database: readonly WrongEnvironment[] = [
  {
    what: 'a database that is neither',
    sections: { database: 'no' },
    says: 'database: must be the word none, or an object with existing, or an object with engineVersion, instanceClass, storageGb, multiAz, passwordVersion, not "no"',
  },
  {
    what: 'a minor version',
    sections: { database: { engineVersion: '16.4' } },
    says: 'database.engineVersion: "16.4" is a minor version, which RDS replaces by the next one -> "16"',
  },
  {
    what: 'a version without quotes',
    sections: { database: { engineVersion: 16 } },
    says: 'database.engineVersion: must be a major version in quotes such as "16", not 16',
  },
  {
    what: 'a version out of support',
    sections: { database: { engineVersion: '11' } },
    says: 'database.engineVersion: RDS has no PostgreSQL "11" in standard support -> one of 14, 15, 16, 17, 18',
  },
  {
    what: 'an instance class that RDS does not have',
    sections: { database: { instanceClass: 'db.m9g.large' } },
    says: 'database.instanceClass: RDS has no instance class "db.m9g.large" for PostgreSQL -> db.<family>.<size> with a family of t3, t4g, m5, m5d, m6g, m6gd, m6i, m6id, m7g, m7i, m8g, r5, r5b, r5d, r6g, r6gd, r6i, r6id, r7g, r7i, r8g',
  },
  {
    what: 'a size that the family does not have',
    sections: { database: { instanceClass: 'db.m7g.small' } },
    says: 'database.instanceClass: RDS has no instance class "db.m7g.small" for PostgreSQL -> db.<family>.<size> with a family of t3, t4g, m5, m5d, m6g, m6gd, m6i, m6id, m7g, m7i, m8g, r5, r5b, r5d, r6g, r6gd, r6i, r6id, r7g, r7i, r8g',
  },
  {
    what: 'an instance type of EC2',
    sections: { database: { instanceClass: 'm7g.large' } },
    says: 'database.instanceClass: must be an RDS instance class such as db.m7g.large, not "m7g.large"',
  },
  {
    what: 'too little storage',
    sections: { database: { storageGb: 5 } },
    says: 'database.storageGb: 5 is too small: at least 20',
  },
  {
    what: 'stored models without a database',
    sections: { database: 'none', proxy: { storeModelInDb: true } },
    says: 'proxy.storeModelInDb: there is no database to store models in -> false, or describe a database',
  },
  {
    what: 'an existing database with a URL for a host',
    sections: { database: { existing: { ...DATABASE, host: 'postgres://db:5432/litellm' } } },
    says: 'database.existing.host: must be a host name such as db.example.internal, without scheme, port or user, not "postgres://db:5432/litellm"',
  },
  {
    what: 'an existing database with a size',
    sections: { database: { existing: DATABASE, storageGb: 50 } },
    says: 'database.storageGb: has no meaning beside existing: that database is as it is',
  },
  {
    what: 'an existing database with a password',
    sections: { database: { existing: { ...DATABASE, passwordSecretArn: 'correct horse' } } },
    says: 'database.existing.passwordSecretArn: must be the ARN of a secret in Secrets Manager (arn:aws:secretsmanager:…), not a value or another ARN',
  },
];
