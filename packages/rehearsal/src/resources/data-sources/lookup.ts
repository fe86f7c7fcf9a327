import type { AccountResource } from '../../account/account-document';
import { textOf } from '../../account/account-document';
import { AwsError } from '../aws-error';
import { attributesOf, type Attributes } from '../../protocol/attributes';
import type { DataRequest, DataSource } from './data-source';

/** How one type of thing is found by its attributes, tags and filters. */
export interface Lookup {
  /** The data source, and the resource that it finds. */
  readonly type: string;
  readonly label: string;
  /** Attributes by which it may be asked for. */
  readonly by: readonly string[];
  /** Attributes of the resource, where the data source or a filter calls them otherwise. */
  readonly names?: Readonly<Record<string, string>>;
}

/** A data source that finds exactly one thing of the account. */
export function lookup(how: Lookup): DataSource {
  return {
    type: how.type,
    label: how.label,
    read: (request) => {
      const found = matching(how, request);
      const [only] = found;
      if (only === undefined) throw new AwsError('NotFound', `no matching ${how.label} found`);
      if (found.length > 1)
        throw new AwsError(
          'TooMany',
          `multiple ${how.label}s matched; use additional constraints to reduce matches to a single ${how.label}`,
        );
      return { ...only.attributes, id: only.id, state: 'available' };
    },
  };
}

/** A data source that lists the ids of all things that fit. */
export function listing(how: Lookup & { readonly of: string; readonly ids: string }): DataSource {
  return {
    type: how.type,
    label: how.label,
    read: (request) => ({
      id: request.region,
      [how.ids]: matching({ ...how, type: how.of }, request).map(({ id }) => id),
    }),
  };
}

function matching(how: Lookup, { config, account, region }: DataRequest): AccountResource[] {
  const tags = Object.entries(config.map('tags'));
  // A VPC's default security group is a security group like others.
  const types = how.type === 'aws_security_group' ? [how.type, 'aws_default_security_group'] : [how.type];
  return account
    .all()
    .filter((resource) => types.includes(resource.type) && [region, 'global'].includes(resource.region))
    .filter((resource) =>
      how.by.every(
        (name) => config.text(name) === '' || valueOf(resource, how.names?.[name] ?? name) === config.text(name),
      ),
    )
    .filter((resource) => tags.every(([name, value]) => attributesOf(resource).map('tags')[name] === value))
    .filter((resource) => config.blocks('filter').every((filter) => passes(how, resource, filter)));
}

function passes({ names = {} }: Lookup, resource: AccountResource, filter: Attributes): boolean {
  const name = filter.text('name');
  const tag = /^tag:(.+)$/.exec(name)?.[1];
  const actual =
    tag === undefined
      ? valueOf(resource, names[name] ?? name.replaceAll('-', '_'))
      : (attributesOf(resource).map('tags')[tag] ?? '');
  return filter.texts('values').includes(actual);
}

function valueOf(resource: AccountResource, name: string): string {
  return name === 'id' ? resource.id : textOf(resource, name);
}
