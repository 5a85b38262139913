import type { Plain } from '../InfrastructureModel';
import { sortedByContent } from '../statements';
import { block, blocks, type StateObject } from './TerraformState';

/** An instance, as the launch template describes it. */
export function readInstance(
  template: StateObject,
): Readonly<Record<string, Plain>> {
  const metadata = block(template, 'metadata_options');
  return {
    // EKS chooses it for nodes.
    image: (template.image_id as Plain) || null,
    metadataTokens: metadata.http_tokens as Plain,
    metadataHops: Number(metadata.http_put_response_hop_limit),
    detailedMonitoring: block(template, 'monitoring').enabled === true,
    publicAddress: blocks(template, 'network_interfaces').some(
      ({ associate_public_ip_address }) =>
        associate_public_ip_address === 'true',
    ),
    disks: blocks(template, 'block_device_mappings').map(device => {
      const ebs = block(device, 'ebs');
      return {
        device: device.device_name as Plain,
        type: ebs.volume_type as Plain,
        sizeGb: Number(ebs.volume_size),
        encrypted: String(ebs.encrypted) === 'true',
      };
    }),
    tagged: sortedByContent(
      blocks(template, 'tag_specifications').map(({ resource_type }) =>
        String(resource_type),
      ),
    ),
  };
}
