import { z } from 'zod';
import table from './price-table.json';

const price = z.number().positive();

const priceTableSchema = z.strictObject({
  currency: z.literal('USD'),
  region: z.string(),
  /** When the prices were written down. */
  date: z.iso.date(),
  note: z.string(),
  sources: z.array(z.url()).min(1),
  hoursPerMonth: price,
  fargate: z.record(z.enum(['X86_64', 'ARM64']), z.strictObject({ vcpuHour: price, gbHour: price })),
  natGatewayHour: price,
  publicIpv4Hour: price,
  interfaceEndpointHour: price,
  loadBalancerHour: price,
  rds: z.record(z.string(), price),
  gp3GbMonth: price,
  secretMonth: price,
  kmsKeyMonth: price,
  unverified: z.array(z.string()),
});

export type PriceTable = z.output<typeof priceTableSchema>;

/** On-demand prices of us-east-1, with their date and sources (price-table.json). */
export const priceTable: PriceTable = priceTableSchema.parse(table);
