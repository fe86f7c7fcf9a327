import { isAbsolute } from 'node:path';
import type { Rule } from './rule';

/** A folder for states that is the same on every machine. */
export const localDirectory: Rule = ({ backend }) => {
  const directory = backend.local?.directory;
  if (directory === undefined || !(isAbsolute(directory) || /^[~\\]|^[A-Za-z]:/.test(directory))) return [];
  return [
    {
      path: ['backend', 'local', 'directory'],
      message: `"${directory}" is a place on one machine`,
      hint: 'a path relative to environment.yaml, such as .terraform-state',
    },
  ];
};

/** States in a place that nobody else reaches, and that nobody locks for others, are for trying out. */
export const localInProduction: Rule = ({ backend, profile }) =>
  backend.local === undefined || profile !== 'production'
    ? []
    : [
        {
          path: ['backend', 'local'],
          message: 'the only copy of a production state would be on one disk, locked for nobody else',
          hint: 'use s3',
          severity: 'warning',
        },
      ];

/** What stands in the address stands in every synthesized file. */
export const httpAddress: Rule = ({ backend }) => {
  if (backend.http === undefined) return [];
  const { username, search } = new URL(backend.http.address);
  if (username === '' && search === '') return [];
  return [
    {
      path: ['backend', 'http', 'address'],
      message: 'a user or a query in the address would stand in every synthesized file',
      hint: 'remove them: Terraform reads TF_HTTP_USERNAME and TF_HTTP_PASSWORD',
    },
  ];
};
