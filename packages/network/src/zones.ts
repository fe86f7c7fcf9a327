import { DataAwsAvailabilityZones } from '@cdktf/provider-aws/lib/data-aws-availability-zones';
import { elementsOf } from '@loadlab/foundation/stack';
import type { Construct } from 'constructs';

/** Names of the region's first zones: which letters there are differs from account to account, so AWS is asked. */
export function zoneNames(scope: Construct, id: string, count: number): string[] {
  const offered = new DataAwsAvailabilityZones(scope, id, {
    state: 'available',
    // Local zones and others that need opting in have neither Fargate nor RDS.
    filter: [{ name: 'opt-in-status', values: ['opt-in-not-required'] }],
  });
  return elementsOf(offered.names, count);
}
