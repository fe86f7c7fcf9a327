import type { Operation } from './fault';

/** How long AWS takes, in seconds, as Terraform's "Creation complete after" shows it; the rest takes about a second. */
const typical: Readonly<Record<string, Partial<Record<Operation, number>>>> = {
  aws_batch_compute_environment: { create: 10, delete: 30 },
  aws_db_instance: { create: 420, update: 60, delete: 240 },
  aws_ecs_service: { create: 120, update: 180, delete: 60 },
  aws_efs_mount_target: { create: 90, delete: 20 },
  aws_lambda_function: { create: 20, update: 10, delete: 2 },
  aws_lb: { create: 150, delete: 20 },
  aws_nat_gateway: { create: 100, delete: 60 },
  aws_security_group: { create: 3, delete: 10 },
  aws_service_discovery_private_dns_namespace: { create: 40, delete: 40 },
  aws_vpc: { create: 12 },
  aws_vpc_endpoint: { create: 60, delete: 60 },
};

/** Seconds that AWS takes for a call. */
export function typicalSeconds(type: string, operation: Operation): number {
  return operation === 'read' ? 0.2 : (typical[type]?.[operation] ?? 1);
}
