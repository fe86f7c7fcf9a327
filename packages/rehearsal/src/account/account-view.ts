import { keyOf, textOf, type AccountDocument, type AccountResource } from './account-document';

/** Looks things up in an account. */
export class AccountView {
  protected readonly byKey = new Map<string, AccountResource>();

  constructor(
    readonly accountId: string,
    resources: Iterable<AccountResource>,
  ) {
    for (const resource of resources) this.byKey.set(keyOf(resource), resource);
  }

  /** Everything that exists. */
  all(): AccountResource[] {
    return [...this.byKey.values()];
  }

  /** Everything of a type, in every region. */
  ofType(type: string): AccountResource[] {
    return this.all().filter((resource) => resource.type === type);
  }

  /** The resource with this id. */
  get(type: string, id: string, region: string): AccountResource | undefined {
    return this.byKey.get(keyOf({ type, id, region }));
  }

  /** The resource that AWS would find under this name: its id, its ARN or its name. */
  find(type: string, name: string): AccountResource | undefined {
    return this.ofType(type).find(
      (resource) => resource.id === name || textOf(resource, 'arn') === name || textOf(resource, 'name') === name,
    );
  }
}

/** An account that is being changed; the changes reach the file together or not at all. */
export class AccountDraft extends AccountView {
  private readonly counters: Record<string, number>;

  constructor({ accountId, counters, resources }: AccountDocument) {
    super(accountId, resources);
    this.counters = { ...counters };
  }

  /** Adds a resource, or replaces the one with the same key. */
  put(resource: AccountResource): void {
    this.byKey.set(keyOf(resource), resource);
  }

  /** Takes a resource away; a missing one is no error. */
  remove(resource: Pick<AccountResource, 'type' | 'id' | 'region'>): void {
    this.byKey.delete(keyOf(resource));
  }

  /** The next number of a series that begins with 1. */
  count(series: string): number {
    const next = (this.counters[series] ?? 0) + 1;
    this.counters[series] = next;
    return next;
  }

  document(): AccountDocument {
    const { accountId, counters } = this;
    return { schema: 'loadlab.account/v1', accountId, counters, resources: this.all() };
  }
}
