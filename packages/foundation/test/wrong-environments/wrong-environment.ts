/** An environment.yaml that is right but for one thing, and what is said about that. */
export interface WrongEnvironment {
  readonly what: string;
  /** Name of its folder. @default - 'test' */
  readonly folder?: string;
  /** What stands in the file besides, or instead of, the sound one; undefined takes a section out. */
  readonly sections: object;
  /** `path: message -> hint` of the one problem. */
  readonly says: string;
}
