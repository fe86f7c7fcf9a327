import type { DataSource } from './data-source';
import { vpc } from './ec2/vpc';
import type { EphemeralResource } from './ephemeral-resource';
import type { ResourceType } from './resource-type';

/** Every type of resource that the offline provider knows. */
export const resourceTypes: readonly ResourceType[] = [vpc];
/** Every type of data source. */
export const dataSources: readonly DataSource[] = [];
/** Every type of ephemeral resource. */
export const ephemeralResources: readonly EphemeralResource[] = [];
