/**
 * The variables with which Terraform and cdktf work offline. Nothing of a real account is left in them, so that nothing
 * can reach one by mistake.
 */
export declare function offlineEnvironment(base: NodeJS.ProcessEnv, reattach: string): NodeJS.ProcessEnv;
