import type { WrongEnvironment } from './wrong-environment';

/** Where the states lie. */
export const state: readonly WrongEnvironment[] = [
  {
    what: 'no backend',
    sections: { backend: undefined },
    says: 'backend: is required and missing -> must be an object with one of s3, pg, gcs, azurerm, http, local',
  },
  {
    what: 'an empty backend',
    sections: { backend: {} },
    says: 'backend: names no backend: one of s3, pg, gcs, azurerm, http, local',
  },
  {
    what: 'two backends',
    sections: { backend: { s3: { bucket: 'states-1234', region: 'us-east-1' }, pg: {} } },
    says: 'backend: names s3 and pg: a state has one place',
  },
  {
    what: 'an unknown backend',
    sections: { backend: { consul: {} } },
    says: 'backend.consul: unknown key -> allowed: s3, pg, gcs, azurerm, http, local',
  },
  {
    what: 'a backend without a bucket',
    sections: { backend: { s3: { region: 'us-east-1' } } },
    says: 'backend.s3.bucket: is required and missing -> must be a bucket name: 3 to 63 small letters, digits, dots and dashes, such as loadlab-state-123456789012',
  },
  {
    what: 'a bucket name with capitals',
    sections: { backend: { s3: { bucket: 'States', region: 'us-east-1' } } },
    says: 'backend.s3.bucket: must be a bucket name: 3 to 63 small letters, digits, dots and dashes, such as loadlab-state-123456789012, not "States"',
  },
  {
    what: 'a bucket name like an address',
    sections: { backend: { s3: { bucket: '10.0.0.1', region: 'us-east-1' } } },
    says: 'backend.s3.bucket: must be a bucket name: 3 to 63 small letters, digits, dots and dashes, such as loadlab-state-123456789012, not "10.0.0.1"',
  },
  {
    what: 'a backend without a region',
    sections: { backend: { s3: { bucket: 'states-1234' } } },
    says: 'backend.s3.region: is required and missing -> must be a region such as us-east-1',
  },
  {
    what: 'a malformed region of the backend',
    sections: { backend: { s3: { bucket: 'states-1234', region: 'us_east_1' } } },
    says: 'backend.s3.region: AWS has no region "us_east_1" -> did you mean "us-east-1"?',
  },
  {
    what: 'an endpoint without its scheme',
    sections: { backend: { s3: { bucket: 'states-1234', region: 'us-east-1', endpoint: 'localhost:9000' } } },
    says: 'backend.s3.endpoint: must be an http(s) URL such as http://127.0.0.1:9000, not "localhost:9000"',
  },
  {
    what: 'credentials in the endpoint',
    sections: {
      backend: { s3: { bucket: 'states-1234', region: 'us-east-1', endpoint: 'http://me:pw@localhost:9000' } },
    },
    says: 'backend.s3.endpoint: looks like a secret, and would stand in synthesized files, plans and states -> remove it: a task gets secrets by their ARN in proxy.secrets, Terraform gets its own from its variables',
  },
  {
    what: 'a connection in the pg backend',
    sections: { backend: { pg: { connStr: 'x' } } },
    says: 'backend.pg.connStr: has no place here: the connection is PG_CONN_STR',
  },
  {
    what: 'a storage account with dashes',
    sections: {
      backend: { azurerm: { resourceGroupName: 'x', storageAccountName: 'my-states', containerName: 'states' } },
    },
    says: `backend.azurerm.storageAccountName: must be a storage account's name: 3 to 24 small letters and digits, not "my-states"`,
  },
  {
    what: 'a query in the http backend',
    sections: { backend: { http: { address: 'https://states.example.com/?token=1' } } },
    says: 'backend.http.address: a user or a query in the address would stand in every synthesized file -> remove them: Terraform reads TF_HTTP_USERNAME and TF_HTTP_PASSWORD',
  },
  {
    what: 'a local backend in one place',
    sections: { backend: { local: { directory: '/var/states' } } },
    says: 'backend.local.directory: "/var/states" is a place on one machine -> a path relative to environment.yaml, such as .terraform-state',
  },
  {
    what: 'a local backend at home',
    sections: { backend: { local: { directory: '~/states' } } },
    says: 'backend.local.directory: "~/states" is a place on one machine -> a path relative to environment.yaml, such as .terraform-state',
  },
];
