export { awsAccess, stateAccess, type AwsAccess } from './aws-access';
export { awsChecks, type AwsSurroundings } from './aws-checks';
export { thisAccount } from './aws-surroundings';
export { reasonOf } from './refusal';
