import type { Plain } from '../InfrastructureModel';
import { sortedByContent } from '../statements';
import type {
  CloudFormationTemplate,
  Properties,
} from './CloudFormationTemplate';

/** An instance, as the launch template describes it. */
export function readInstance(
  template: CloudFormationTemplate,
): Readonly<Record<string, Plain>> {
  const data = template.one('AWS::EC2::LaunchTemplate').LaunchTemplateData;
  return {
    // EKS chooses it for nodes.
    image: data.ImageId ?? null,
    metadataTokens: data.MetadataOptions.HttpTokens,
    metadataHops: data.MetadataOptions.HttpPutResponseHopLimit,
    detailedMonitoring: data.Monitoring.Enabled === true,
    publicAddress: (data.NetworkInterfaces ?? []).some(
      (network: Properties) => network.AssociatePublicIpAddress === true,
    ),
    disks: data.BlockDeviceMappings.map(({ DeviceName, Ebs }: Properties) => ({
      device: DeviceName,
      type: Ebs.VolumeType,
      sizeGb: Ebs.VolumeSize,
      encrypted: Ebs.Encrypted === true,
    })),
    tagged: sortedByContent(
      data.TagSpecifications.map(
        ({ ResourceType }: Properties) => ResourceType,
      ),
    ),
  };
}
