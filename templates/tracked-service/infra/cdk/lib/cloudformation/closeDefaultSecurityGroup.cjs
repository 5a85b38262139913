// Removes all rules of a VPC's default security group, which CloudFormation itself cannot. Runs in Lambda, written into
// the template, because a template without the CDK's tools can refer to no file.
const {
  EC2Client,
  RevokeSecurityGroupEgressCommand,
  RevokeSecurityGroupIngressCommand,
} = require('@aws-sdk/client-ec2');

exports.handler = async event => {
  const { Account, DefaultSecurityGroupId: GroupId } = event.ResourceProperties;
  let failure;
  if (event.RequestType !== 'Delete') {
    try {
      await revoke(
        new RevokeSecurityGroupEgressCommand({
          GroupId,
          IpPermissions: [
            { IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] },
          ],
        }),
      );
      await revoke(
        new RevokeSecurityGroupIngressCommand({
          GroupId,
          IpPermissions: [
            { IpProtocol: '-1', UserIdGroupPairs: [{ UserId: Account, GroupId }] },
          ],
        }),
      );
    } catch (error) {
      failure = String(error);
    }
  }
  await fetch(event.ResponseURL, {
    method: 'PUT',
    body: JSON.stringify({
      Status: failure ? 'FAILED' : 'SUCCESS',
      Reason: failure,
      PhysicalResourceId: event.PhysicalResourceId ?? GroupId,
      StackId: event.StackId,
      RequestId: event.RequestId,
      LogicalResourceId: event.LogicalResourceId,
    }),
  });
};

async function revoke(command) {
  try {
    await new EC2Client({}).send(command);
  } catch (error) {
    // The rule was removed before.
    if (error.name !== 'InvalidPermission.NotFound') throw error;
  }
}
