export { ownBucket, type OwnBucket } from './own-bucket';
