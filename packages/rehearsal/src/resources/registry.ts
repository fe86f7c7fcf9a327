import { scalableTarget, scalingPolicy } from './autoscaling/application-autoscaling';
import { computeEnvironment, jobDefinition, jobQueue } from './batch/batch';
import { dashboard, metricAlarm, snsTopic, ssmParameter } from './cloudwatch/cloudwatch';
import { elasticIp } from './ec2/elastic-ip';
import { flowLog } from './ec2/flow-log';
import { internetGateway } from './ec2/internet-gateway';
import { natGateway } from './ec2/nat-gateway';
import { route, routeTable, routeTableAssociation } from './ec2/route-table';
import { defaultSecurityGroup, securityGroup } from './ec2/security-group';
import { egressRule, ingressRule } from './ec2/security-group-rule';
import { subnet } from './ec2/subnet';
import { vpc } from './ec2/vpc';
import { vpcEndpoint } from './ec2/vpc-endpoint';
import { clusterCapacityProviders, ecsCluster } from './ecs/cluster';
import { ecsService } from './ecs/service';
import { taskDefinition } from './ecs/task-definition';
import { accessPoint, mountTarget } from './efs/access';
import { backupPolicy, fileSystem, fileSystemPolicy } from './efs/file-system';
import { listener, listenerRule } from './elb/listener';
import { loadBalancer } from './elb/load-balancer';
import { targetGroup } from './elb/target-group';
import type { EphemeralResource } from './ephemeral-resource';
import { instanceProfile, policy, rolePolicy, rolePolicyAttachment } from './iam/policy';
import { role } from './iam/role';
import { kmsAlias, kmsKey } from './kms/key';
import { lambdaFunction } from './lambda/function';
import { lambdaInvocation } from './lambda/invocation';
import { lambdaPermission } from './lambda/permission';
import { logGroup } from './logs/log-group';
import { dbInstance } from './rds/db-instance';
import { dbParameterGroup, dbSubnetGroup } from './rds/db-network';
import type { ResourceType } from './resource-type';
import { bucket } from './s3/bucket';
import { bucketSettings } from './s3/bucket-settings';
import { ephemeralSecretVersion, randomPassword } from './secretsmanager/ephemerals';
import { secret } from './secretsmanager/secret';
import { secretVersion } from './secretsmanager/secret-version';
import { discoveryService, httpNamespace, privateDnsNamespace } from './servicediscovery/service-discovery';

/** Every type of resource that the offline provider knows. */
export const resourceTypes: readonly ResourceType[] = [
  ...[vpc, subnet, internetGateway, elasticIp, natGateway, routeTable, route, routeTableAssociation],
  ...[securityGroup, defaultSecurityGroup, ingressRule, egressRule, vpcEndpoint, flowLog],
  ...[role, policy, rolePolicy, rolePolicyAttachment, instanceProfile],
  ...[logGroup, metricAlarm, dashboard, snsTopic, ssmParameter, kmsKey, kmsAlias],
  ...[dbInstance, dbSubnetGroup, dbParameterGroup, secret, secretVersion],
  ...[fileSystem, fileSystemPolicy, backupPolicy, accessPoint, mountTarget],
  ...[lambdaFunction, lambdaPermission, lambdaInvocation],
  ...[ecsCluster, clusterCapacityProviders, taskDefinition, ecsService, scalableTarget, scalingPolicy],
  ...[loadBalancer, listener, listenerRule, targetGroup],
  ...[privateDnsNamespace, httpNamespace, discoveryService],
  ...[bucket, ...bucketSettings],
  ...[computeEnvironment, jobQueue, jobDefinition],
];
/** Every type of ephemeral resource. */
export const ephemeralResources: readonly EphemeralResource[] = [randomPassword, ephemeralSecretVersion];
