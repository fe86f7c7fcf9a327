import type { Attributes } from '../protocol/attributes';

/**
 * Whether the user that an access point makes of everybody may write into the folder that it shows: POSIX's own rule, by
 * the owner and the permissions with which the access point has the folder made.
 * @source https://docs.aws.amazon.com/efs/latest/ug/efs-access-points.html
 */
export function posixMayWrite(accessPoint: Attributes): boolean {
  const user = accessPoint.block('posix_user');
  const creation = accessPoint.block('root_directory')?.block('creation_info');
  // Without an enforced user it is the client's own, which Lambda leaves as it is: not root.
  if (user === undefined || creation === undefined) return false;
  const permissions = parseInt(creation.text('permissions'), 8);
  if (user.number('uid') === 0) return true;
  if (user.number('uid') === creation.number('owner_uid')) return (permissions & 0o200) !== 0;
  if (user.number('gid') === creation.number('owner_gid')) return (permissions & 0o020) !== 0;
  return (permissions & 0o002) !== 0;
}
