import { AwsError } from '../aws-error';
import type { Api } from '../resource-type';

/** Calls of EC2's API. */
export function ec2(create: string, remove: string, update?: string): Api {
  return { service: 'EC2', create, delete: remove, ...(update === undefined ? {} : { update }) };
}

/** EC2's answer to an id that it does not know: `InvalidVpcID.NotFound`, `The vpc ID 'vpc-1' does not exist`. */
export function unknownId(code: string, what: string): (id: string) => AwsError {
  return (id) => new AwsError(`${code}.NotFound`, `The ${what} '${id}' does not exist`);
}

/** EC2's answer to the deletion of something that others use. */
export function dependencies(what: string): (resource: { readonly id: string }) => AwsError {
  return ({ id }) => new AwsError('DependencyViolation', `The ${what} '${id}' has dependencies and cannot be deleted.`);
}
