/** Names of list items if they are not `member`. */
const ITEM_NAMES: Record<string, Record<string, string>> = {
  rds: {
    DBInstances: 'DBInstance',
    DBClusters: 'DBCluster',
    DBClusterMembers: 'DBClusterMember',
    Events: 'Event',
    EventCategories: 'EventCategory',
  },
};

/** Serializes an output in the query protocol or EC2's variant of it. */
export function toXml(service: string, action: string, output: object): string {
  if (service === 'ec2') {
    return `<?xml version="1.0" encoding="UTF-8"?><${action}Response><requestId>r-1</requestId>${ec2Members(
      output,
    )}</${action}Response>`;
  }
  return `<${action}Response><${action}Result>${members(
    output,
    ITEM_NAMES[service] ?? {},
  )}</${action}Result><ResponseMetadata><RequestId>r-1</RequestId></ResponseMetadata></${action}Response>`;
}

function members(value: object, itemNames: Record<string, string>): string {
  return Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .map(([name, member]) => {
      const item = itemNames[name] ?? 'member';
      const inner = Array.isArray(member)
        ? member
            .map(entry => `<${item}>${scalar(entry, itemNames)}</${item}>`)
            .join('')
        : scalar(member, itemNames);
      return `<${name}>${inner}</${name}>`;
    })
    .join('');
}

function scalar(value: unknown, itemNames: Record<string, string>): string {
  if (value instanceof Date) return value.toISOString();
  if (typeof value === 'object' && value !== null) {
    return members(value, itemNames);
  }
  return escape(String(value));
}

/** EC2 starts names with a lower-case letter and calls lists `…Set` with `item`s. */
function ec2Members(value: object): string {
  return Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .map(([name, member]) => {
      const small = name[0].toLocaleLowerCase('en-US') + name.slice(1);
      if (Array.isArray(member)) {
        const list = `${small.replace(/s$/, '')}${
          name === 'Instances' ? 's' : ''
        }Set`;
        const items = member.map(
          entry => `<item>${ec2Members(entry as object)}</item>`,
        );
        return `<${list}>${items.join('')}</${list}>`;
      }
      if (typeof member === 'object' && !(member instanceof Date)) {
        return `<${small}>${ec2Members(member as object)}</${small}>`;
      }
      return `<${small}>${scalar(member, {})}</${small}>`;
    })
    .join('');
}

function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}
