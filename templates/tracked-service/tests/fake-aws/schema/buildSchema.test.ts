import { readSchema } from '../readSchema';
import { buildTypeSchema } from './buildSchema';

// The format of a resource in the generated bindings, reduced to one of each kind.
const BINDINGS = `
function groupRuleToHclTerraform(struct) {
    const attrs = {
        port: {
            value: cdktn.numberToHclTerraform(struct.port),
            isBlock: false,
            type: "simple",
            storageClassType: "number",
        },
    };
    return attrs;
}
class GroupRuleOutputReference extends cdktn.ComplexObject {
    // port - computed: false, optional: false, required: true
    _port;
    get port() {
        return this.getNumberAttribute('port');
    }
}
class GroupTimeoutsOutputReference extends cdktn.ComplexObject {
    // create - computed: false, optional: true, required: false
    _create;
    get create() {
        return this.getStringAttribute('create');
    }
}
class GroupMemberOutputReference extends cdktn.ComplexObject {
    // address - computed: true, optional: false, required: false
    get address() {
        return this.getStringAttribute('address');
    }
}
class Group extends cdktn.TerraformResource {
    static tfResourceType = "aws_group";
    // ==========
    // ATTRIBUTES
    // ==========
    // arn - computed: true, optional: false, required: false
    get arn() {
        return this.getStringAttribute('arn');
    }
    // enabled - computed: true, optional: true, required: false
    _enabled;
    get enabled() {
        return this.getBooleanAttribute('enabled');
    }
    // zones - computed: false, optional: false, required: true
    _zones;
    get zones() {
        return cdktn.Fn.tolist(this.getListAttribute('zones'));
    }
    // tags - computed: false, optional: true, required: false
    _tags;
    get tags() {
        return this.getStringMapAttribute('tags');
    }
    // member - computed: true, optional: false, required: false
    _member = new GroupMemberList(this, "member", false);
    get member() {
        return this._member;
    }
    // rule - computed: false, optional: true, required: false
    _rule = new GroupRuleList(this, "rule", true);
    get rule() {
        return this._rule;
    }
    // timeouts - computed: false, optional: true, required: false
    _timeouts = new GroupTimeoutsOutputReference(this, "timeouts");
    get timeouts() {
        return this._timeouts;
    }
    // =========
    // SYNTHESIS
    // =========
    synthesizeHclAttributes() {
        const attrs = {
            rule: {
                value: cdktn.listMapperHcl(groupRuleToHclTerraform, true)(this._rule.internalValue),
                isBlock: true,
                type: "set",
                storageClassType: "GroupRuleList",
            },
            timeouts: {
                value: groupTimeoutsToHclTerraform(this._timeouts.internalValue),
                isBlock: true,
                type: "struct",
                storageClassType: "GroupTimeouts",
            },
        };
        return attrs;
    }
}
`;

describe('buildTypeSchema', () => {
  it('reads attributes, their types and nested blocks back from the bindings', () => {
    expect(buildTypeSchema(BINDINGS, 'aws_group')).toEqual({
      attributes: [
        { name: 'arn', type: 'string', computed: true },
        { name: 'enabled', type: 'bool', optional: true, computed: true },
        { name: 'zones', type: ['set', 'string'], required: true },
        { name: 'tags', type: ['map', 'string'], optional: true },
        {
          name: 'member',
          type: ['list', ['object', { address: 'string' }]],
          computed: true,
        },
      ],
      blocks: [
        {
          name: 'rule',
          nesting: 'SET',
          minItems: 0,
          maxItems: 0,
          block: {
            attributes: [{ name: 'port', type: 'number', required: true }],
            blocks: [],
          },
        },
        {
          name: 'timeouts',
          nesting: 'SINGLE',
          minItems: 0,
          maxItems: 0,
          block: {
            attributes: [{ name: 'create', type: 'string', optional: true }],
            blocks: [],
          },
        },
      ],
    });
  });

  it('returns undefined for types that the module does not define', () => {
    expect(buildTypeSchema(BINDINGS, 'aws_other')).toBeUndefined();
  });
});

describe('the committed extract', () => {
  it("has some facts from the provider's documentation", async () => {
    const { resources, source } = await readSchema();
    const attribute = (type: string, name: string) =>
      resources[type].attributes.find(candidate => candidate.name === name);

    expect(source).toMatchObject({ license: 'MPL-2.0' });
    expect(attribute('aws_autoscaling_group', 'max_size')).toEqual({
      name: 'max_size',
      type: 'number',
      required: true,
    });
    expect(attribute('aws_lb', 'security_groups')).toEqual({
      name: 'security_groups',
      type: ['set', 'string'],
      optional: true,
      computed: true,
    });
    expect(
      resources.aws_launch_template.blocks.find(
        ({ name }) => name === 'metadata_options',
      ),
    ).toMatchObject({ nesting: 'LIST', maxItems: 1 });
  });
});
