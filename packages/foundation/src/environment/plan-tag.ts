/** The tag of a kept plan in the bucket of the states, by which the bucket knows what it may forget. */
export const PLAN_TAG = { key: 'loadlab', value: 'plan' } as const;
