import type { AccountView } from '../account/account-view';
import type { AccountResource } from '../account/account-document';
import type { Known, KnownValues } from '../protocol/value';
import type { Corrections } from '../schemas/corrections';
import type { Attributes } from '../protocol/attributes';
import type { AwsError } from './aws-error';
import type { Scene } from './scene';
import type { World } from './world';

/**
 * How one type of resource behaves: what the bindings lost (which the real provider's source says) and what AWS does with
 * it. Everything has a default, so that a plain resource is a few lines of data.
 * Paths are dotted (`network_configuration.subnets`) and mean every element on the way.
 */
export interface ResourceType {
  /** `aws_vpc` */
  readonly type: string;
  /** What the provider calls it in messages: `EC2 VPC`. */
  readonly label: string;
  /** The calls that its messages name. */
  readonly api: Api;
  /** Where the tables below are from: files of the real provider's source. */
  readonly source: string;
  /** True for services without regions. @default - false */
  readonly global?: boolean;
  /** True for what is done rather than made: only Terraform's state remembers it. @default - false */
  readonly intangible?: boolean;
  /** True for types of the plugin framework, which Terraform holds to its rules to the letter. @default - false */
  readonly framework?: boolean;
  /** True for what stays when Terraform lets go of it, such as what AWS made itself. @default - false */
  readonly keepOnDelete?: (prior: Attributes) => boolean;
  readonly corrections?: Corrections;
  /** A change of these replaces the resource. */
  readonly forceNew?: readonly string[];
  /** What the provider fills in for unset attributes, in its plan already. */
  readonly defaults?: Readonly<Record<string, Known>>;
  /** Words that are allowed. */
  readonly allowed?: Readonly<Record<string, readonly string[]>>;
  /** Blocks that AWS fills in when they are left out; the schema cannot say so. */
  readonly computedBlocks?: readonly string[];
  /** Attributes that only Terraform's state has; AWS does not know them, so a refresh cannot change them. */
  readonly onlyInState?: readonly string[];
  /** Attributes that hold JSON: differently written, but equal, they are the same. */
  readonly json?: readonly string[];
  /** Names that no two may share. @default - none */
  readonly unique?: readonly UniqueName[];
  /** Attributes that name other resources. */
  readonly references?: readonly Reference[];
  /** AWS's answer when somebody names one that does not exist. */
  readonly notFound?: (name: string) => AwsError;
  /** AWS's answer to its deletion while others use it. */
  readonly inUse?: (resource: AccountResource, users: readonly AccountResource[]) => AwsError;
  /** Rules that a configuration must keep, checked as early as Terraform validates. */
  readonly validate?: (config: Attributes) => Finding[];
  /** Changes the plan beyond the tables: what an update makes unknown, what else it replaces. */
  readonly plan?: (request: PlanRequest) => PlanChanges;
  /** What must be waited for before anything is created or changed: a function that runs, a file that is read. */
  readonly prepare?: (request: PrepareRequest) => Promise<KnownValues>;
  /** Creates it. @returns its `id` and what AWS computes; unset computed attributes get the empty value of their type */
  readonly create: (request: CreateRequest) => KnownValues & { readonly id: string };
  /** Changes it. @returns what AWS computes anew. @default - nothing */
  readonly update?: (request: UpdateRequest) => KnownValues;
  /** Deletes it, after nobody uses it any more. @default - it is gone */
  readonly remove?: (request: RemoveRequest) => void;
  /** What is done when it exists and may take its time: a service that becomes stable. Fails the apply, but it exists. */
  readonly settle?: (request: SettleRequest) => Promise<KnownValues>;
  /** What is done when it is gone: stopping what it ran, forgetting what it kept. */
  readonly cleanUp?: (resource: AccountResource, world: World) => Promise<void>;
  /** What AWS answers beyond what was stored, such as the state of other resources. @default - nothing */
  readonly read?: (resource: AccountResource, account: AccountView) => KnownValues;
  /** Finds the id in a state, for types whose schema has no `id`. @default - the attribute `id` */
  readonly idOf?: (state: Attributes) => string;
  /** The `id` under which it is kept, from what a person gives to `terraform import`. @default - the same */
  readonly importId?: (given: string, account: AccountView) => string;
}

/** The service as AWS's SDK calls it, and its calls. */
export interface Api {
  readonly service: string;
  readonly create: string;
  readonly update?: string;
  readonly delete: string;
}

/** No two resources may give the same texts here; where one text is empty nothing clashes. */
export interface UniqueName {
  readonly of: (values: Attributes) => readonly string[];
  readonly taken: (values: Attributes) => AwsError;
}

/** An attribute that names another resource by its id, ARN or name. */
export interface Reference {
  readonly attribute: string;
  /** The other's type; with several, any of them will do. */
  readonly to: string | readonly string[];
  /** The other cannot be deleted while this one exists. @default - false */
  readonly blocks?: boolean;
  /** The name may be one of nothing in the account, such as a service's own. @default - it must exist */
  readonly optional?: boolean;
  /** Cuts the other's name out of the attribute, such as a role's out of its ARN. @default - all of it */
  readonly name?: (value: string) => string;
  /** AWS's answer when it does not exist. @default - the other type's */
  readonly missing?: (name: string) => AwsError;
}

/** One thing wrong with a configuration, as the real provider would say it. */
export interface Finding {
  readonly path: string;
  readonly summary: string;
  readonly detail?: string;
}

export interface PlanRequest {
  readonly prior: Attributes | undefined;
  /** With defaults, tags and unknowns filled in. */
  readonly planned: Attributes;
  readonly config: Attributes;
  /** Names of the attributes that differ; empty for a new resource. */
  readonly changed: ReadonlySet<string>;
}
/** What a type adds to its plan. */
export interface PlanChanges {
  /** Attributes whose value only the apply will tell. */
  readonly unknown?: readonly string[];
  /** Attributes whose change replaces, though the table does not say so. */
  readonly replace?: readonly string[];
  /** Attributes whose computed value is known already. */
  readonly values?: KnownValues;
  readonly findings?: readonly Finding[];
}

export interface PrepareRequest {
  readonly prior: Attributes | undefined;
  readonly planned: Attributes;
  readonly config: Attributes;
  readonly region: string;
  readonly world: World;
}
export interface CreateRequest {
  readonly planned: Attributes;
  /** With the values of write-only attributes. */
  readonly config: Attributes;
  /** What `prepare` brought. */
  readonly prepared: Attributes;
  readonly scene: Scene;
}
export interface UpdateRequest extends CreateRequest {
  readonly prior: Attributes;
  readonly current: AccountResource;
}
export interface RemoveRequest {
  readonly current: AccountResource;
  /** As Terraform's state has it, with what only the state knows. */
  readonly prior: Attributes;
  readonly scene: Scene;
}
export interface SettleRequest {
  readonly current: AccountResource;
  readonly prior: Attributes | undefined;
  readonly planned: Attributes;
  readonly world: World;
}
