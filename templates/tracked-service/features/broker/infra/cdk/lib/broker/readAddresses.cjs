// Reads the addresses of the brokers for CloudFormation, which cannot. Runs in Lambda.
const {
  GetBootstrapBrokersCommand,
  KafkaClient,
} = require('@aws-sdk/client-kafka');

exports.handler = async event => {
  const { ClusterArn } = event.ResourceProperties;
  const answer = { Status: 'SUCCESS' };
  if (event.RequestType !== 'Delete') {
    try {
      answer.Data = { Addresses: await read(ClusterArn) };
    } catch (error) {
      answer.Status = 'FAILED';
      answer.Reason = String(error);
    }
  }
  await fetch(event.ResponseURL, {
    method: 'PUT',
    body: JSON.stringify({
      ...answer,
      PhysicalResourceId: ClusterArn,
      StackId: event.StackId,
      RequestId: event.RequestId,
      LogicalResourceId: event.LogicalResourceId,
    }),
  });
};

async function read(ClusterArn) {
  const found = await new KafkaClient({}).send(
    new GetBootstrapBrokersCommand({ ClusterArn }),
  );
  const addresses = found.BootstrapBrokerStringSaslScram;
  if (!addresses)
    throw new Error('the cluster has no addresses for SASL/SCRAM');
  return addresses;
}
