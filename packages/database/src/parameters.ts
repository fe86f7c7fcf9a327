import { DbParameterGroup } from '@cdktf/provider-aws/lib/db-parameter-group';
import { physicalName } from '@loadlab/foundation';
import { LabStack } from '@loadlab/foundation/stack';
import { Construct } from 'constructs';

/** Statements that take this long are logged. */
const SLOW_MILLISECONDS = 1000;

/** Settings of the server. */
export interface ParametersProps {
  /** Major version: `16`. */
  readonly engineVersion: string;
  readonly maxConnections: number;
}

/** How PostgreSQL is set. */
export class Parameters extends Construct {
  readonly groupName: string;

  constructor(scope: Construct, id: string, props: ParametersProps) {
    super(scope, id);
    const family = `postgres${props.engineVersion}`;
    const group = new DbParameterGroup(this, 'Resource', {
      namePrefix: `${physicalName(LabStack.of(this).environment, family)}-`,
      family,
      description: 'PostgreSQL for LiteLLM',
      parameter: [
        // Said, not left to the default: that depends on the version, and on RDS or Aurora.
        { name: 'rds.force_ssl', value: '1', applyMethod: 'immediate' },
        { name: 'log_min_duration_statement', value: String(SLOW_MILLISECONDS), applyMethod: 'immediate' },
        { name: 'log_statement', value: 'ddl', applyMethod: 'immediate' },
        // RDS computes its default from somewhat less than the memory: pinned, what the connection budget is held
        // against is what the server has. A static parameter: it changes at the next start.
        { name: 'max_connections', value: String(props.maxConnections), applyMethod: 'pending-reboot' },
      ],
      // A new family is a new group, and the old one is in use until the server has the new one.
      lifecycle: { createBeforeDestroy: true },
    });
    this.groupName = group.name;
  }
}
