/** Texts of the fields in the template "Tracked service". */
export const createMessages = {
  create: {
    review: 'What will be created',
    registered:
      '{{repository}}, registered in the catalog with {{owner}} as owner and tracked by CloudTrace.',
    defaultOwner: 'its owner',
    startsLocally:
      'It starts on this machine at once. In AWS nothing is created until you deploy.',
    startsOnDeploy: 'In AWS nothing is created until you deploy.',
    cost: 'Rough monthly cost',
    costIn: 'Rough monthly cost in {{region}}',
    costTotal: 'Total per month',
    costMaximum: 'At most, with all instances running',
    costAbout: 'About {{usd}} a month',
    costSame: 'same as the defaults',
    costMore: '{{usd}} more than the defaults',
    costLess: '{{usd}} less than the defaults',
    costCompared:
      '{{about}}, {{change}}; at most {{usdAtMaximum}} with all instances running.',
    nameTaken:
      'The catalog already has a component "{{name}}": choose another name',
    nameProblem: 'The name {{reason}}',
  },
} as const;
