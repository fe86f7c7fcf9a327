import { physicalName } from '@loadlab/foundation';
import { LabStack } from '@loadlab/foundation/stack';
import type { Construct } from 'constructs';

/** The server's name in RDS: fixed, so that its log groups and its monitoring role can be made for it alone beforehand. */
export function serverIdentifier(scope: Construct): string {
  return physicalName(LabStack.of(scope).environment, 'database');
}
