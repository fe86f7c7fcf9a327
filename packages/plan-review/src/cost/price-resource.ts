import { isObject, own } from '../values/masks';
import type { PriceTable } from './price-table';

/** A resource as one side of a plan has it. */
export interface PricedResource {
  readonly address: string;
  readonly type: string;
  readonly values: Record<string, unknown>;
  /** For a service: the values of the task definition that it refers to. */
  readonly taskDefinition?: Record<string, unknown>;
}

/** What an hour of a resource costs, and what of it depends on use and is not counted. */
export interface Price {
  readonly hourly: number;
  readonly notCounted?: string;
}

type Pricing = (resource: PricedResource, table: PriceTable) => Price | undefined;

/** By type. What is not listed is free, or paid by use only (see USE_ONLY). */
const PRICINGS: Readonly<Record<string, Pricing>> = {
  aws_ecs_service: ({ values, taskDefinition }, { fargate }) => {
    const desired = number(values.desired_count);
    const cpu = number(taskDefinition?.cpu);
    const memory = number(taskDefinition?.memory);
    if (desired === undefined || cpu === undefined || memory === undefined) return undefined;
    const { vcpuHour, gbHour } = fargate[architectureOf(taskDefinition)];
    return {
      hourly: desired * ((cpu / 1024) * vcpuHour + (memory / 1024) * gbHour),
      notCounted: 'tasks beyond the desired count during a rollout',
    };
  },
  aws_nat_gateway: (_, table) => ({ hourly: table.natGatewayHour, notCounted: 'GB through the NAT gateway' }),
  aws_eip: (_, table) => ({ hourly: table.publicIpv4Hour }),
  aws_lb: ({ values }, table) => {
    const subnets = Array.isArray(values.subnets) ? values.subnets.length : 2;
    const addresses = values.internal === false ? subnets * table.publicIpv4Hour : 0;
    return { hourly: table.loadBalancerHour + addresses, notCounted: 'load balancer capacity units' };
  },
  aws_vpc_endpoint: ({ values }, table) => {
    if (values.vpc_endpoint_type !== 'Interface') return { hourly: 0 };
    return {
      hourly: table.interfaceEndpointHour * (Array.isArray(values.subnet_ids) ? values.subnet_ids.length : 1),
      notCounted: 'GB through interface endpoints',
    };
  },
  aws_db_instance: ({ values }, table) => {
    const instance = typeof values.instance_class === 'string' ? own(table.rds, values.instance_class) : undefined;
    if (instance === undefined) return undefined;
    const storage = ((number(values.allocated_storage) ?? 0) * table.gp3GbMonth) / table.hoursPerMonth;
    return {
      hourly: (instance + storage) * (values.multi_az === true ? 2 : 1),
      notCounted: 'database backups beyond the free share',
    };
  },
  aws_secretsmanager_secret: (_, table) => ({ hourly: table.secretMonth / table.hoursPerMonth }),
  aws_kms_key: (_, table) => ({ hourly: table.kmsKeyMonth / table.hoursPerMonth }),
};

/** Paid by use only. */
const USE_ONLY: Readonly<Record<string, string>> = {
  aws_efs_file_system: 'EFS storage and traffic',
  aws_cloudwatch_log_group: 'logs by GB',
  aws_flow_log: 'logs by GB',
  aws_lambda_function: 'Lambda by invocation',
  aws_s3_bucket: 'S3 storage and requests',
  aws_batch_job_queue: 'Fargate tasks of load generators while they run',
  aws_cloudwatch_metric_alarm: 'alarms by metric',
};

/** The price of an hour. `undefined` where the resource costs something, but what is known of it does not tell how much. */
export function priceResource(resource: PricedResource, table: PriceTable): Price | undefined {
  const pricing = own(PRICINGS, resource.type);
  if (pricing !== undefined) return pricing(resource, table);
  const use = own(USE_ONLY, resource.type);
  return { hourly: 0, ...(use === undefined ? {} : { notCounted: use }) };
}

function architectureOf(taskDefinition: Record<string, unknown> | undefined): 'X86_64' | 'ARM64' {
  const platforms = taskDefinition?.runtime_platform;
  const platform: unknown = Array.isArray(platforms) ? platforms[0] : platforms;
  return isObject(platform) && platform.cpu_architecture === 'ARM64' ? 'ARM64' : 'X86_64';
}

/** More of anything is no number of tasks, and no size. */
const MOST = 1e9;

/** Terraform writes the CPU and memory of a task as text. */
function number(value: unknown): number | undefined {
  const parsed = typeof value === 'string' ? Number(value) : value;
  return typeof parsed === 'number' && parsed >= 0 && parsed <= MOST ? parsed : undefined;
}
