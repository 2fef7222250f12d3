"""The schema of an EEP package as DA/T 48-2009 describes it: names, order and types of its elements."""

from __future__ import annotations

from lxml import etree

from pipeline.handover.eep import FORMAT, KIND_TOLD, NAMESPACE

_SEQUENCES = {
    "电子文件封装包": "封装包格式描述 版本 被签名对象 (电子签名块 锁定签名)?",
    "封装内容": "文件实体块 业务实体块 机构人员实体块",
    "文件实体块": "文件实体 文件实体关系*",
    "文件实体": "聚合层次 来源 电子文件号 档号 内容描述 形式特征 存储位置 权限管理 信息系统描述* 附注* 文件数据",
    "来源": "档案馆名称? 档案馆代码? 全宗名称? 立档单位名称",
    "内容描述": (
        "题名 并列题名? 副题名? 说明题名文字? 主题词* 关键词? 人名? 摘要? 分类号? 文件编号? 责任者 日期 文种? "
        "紧急程度? 主送? 抄送? 密级 保密期限?"
    ),
    "形式特征": "文件组合类型 页数? 语种? 稿本?",
    "存储位置": "当前位置? 脱机载体编号+ 脱机载体存址* 缩微号?",
    "权限管理": "知识产权说明? 授权* 控制标识?",
    "授权": "授权对象 授权行为",
    "文件数据": "文档+",
    "文档": "文档标识符 文档序号? 文档主从声明? 题名? 文档数据+",
    "电子属性": "格式信息? 计算机文件名 计算机文件大小 文档创建程序?",
    "文件实体关系": "文件标识符 被关联文件标识符 关系类型? 关系? 关系描述?",
    "业务实体块": "业务实体+",
    "业务实体": "业务标识符 机构人员标识符 文件标识符 业务状态 业务行为 行为时间 行为依据? 行为描述?",
    "机构人员实体块": "机构人员实体+",
    "机构人员实体": "机构人员标识符 机构人员类型? 机构人员名称 组织机构代码? 个人职位?",
}
_TYPES = {"年度": "gYear", "室编件号": "positiveInteger", "页数": "positiveInteger", "封装包创建时间": "dateTime"}
_TYPES |= {"文档标识符": "ID"}
_VALUES = {
    "封装包格式描述": [FORMAT],
    "版本": ["2009"],
    "封装包类型": ["原始型", "修改型"],
    "封装包类型描述": [KIND_TOLD],
    "聚合层次": ["文件"],
    "文件组合类型": ["单件", "组合文件"],
    "文档主从声明": ["主文档", "附属文档"],
    "业务状态": ["历史行为", "计划任务"],
    "机构人员类型": ["单位", "内设机构", "个人"],
}
_BOUNDS = {"?": ' minOccurs="0"', "*": ' minOccurs="0" maxOccurs="unbounded"', "+": ' maxOccurs="unbounded"', "": ""}
_WRITTEN_OUT = """
<xs:element name="被签名对象"><xs:complexType><xs:sequence>
<xs:element ref="封装包类型"/><xs:element ref="封装包类型描述"/>
<xs:element ref="封装包创建时间"/><xs:element ref="封装包创建单位"/><xs:element ref="封装内容"/></xs:sequence>
<xs:attribute name="eep版本" type="xs:gYear" use="required" fixed="2009"/></xs:complexType></xs:element>
<xs:element name="档号"><xs:complexType mixed="true"><xs:sequence><xs:element ref="全宗号" minOccurs="0"/>
<xs:element ref="目录号" minOccurs="0"/><xs:element ref="年度"/><xs:element ref="保管期限"/>
<xs:element ref="机构或问题" minOccurs="0"/><xs:element ref="室编件号"/></xs:sequence></xs:complexType></xs:element>
<xs:element name="文档数据"><xs:complexType><xs:sequence><xs:element ref="编码" maxOccurs="unbounded"/></xs:sequence>
<xs:attribute name="文档数据ID" type="xs:ID" use="required"/></xs:complexType></xs:element>
<xs:element name="编码"><xs:complexType><xs:sequence><xs:element ref="电子属性"/><xs:element ref="编码描述"/>
<xs:element ref="反编码关键字"/><xs:element ref="编码数据"/></xs:sequence>
<xs:attribute name="编码ID" type="xs:ID" use="required"/></xs:complexType></xs:element>
<xs:element name="编码数据"><xs:complexType><xs:simpleContent><xs:extension base="xs:base64Binary">
<xs:attribute name="编码数据ID" type="xs:ID" use="required"/>
</xs:extension></xs:simpleContent></xs:complexType></xs:element>
"""
_HEAD = (
    '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" elementFormDefault="qualified" '
    f'xmlns="{NAMESPACE}" targetNamespace="{NAMESPACE}">'
)


def schema() -> etree.XMLSchema:
    """The schema to judge packages by."""
    parts = [_element(name, parts.replace("(电子签名块 锁定签名)?", "")) for name, parts in _SEQUENCES.items()]
    mentioned = {word.strip("?*+()") for parts in _SEQUENCES.values() for word in parts.split()}
    mentioned |= {
        "封装包类型",
        "封装包类型描述",
        "封装包创建时间",
        "封装包创建单位",
        "全宗号",
        "目录号",
        "年度",
        "保管期限",
    }
    mentioned |= {"机构或问题", "室编件号", "编码描述", "反编码关键字"}
    told = {*_SEQUENCES, "被签名对象", "档号", "文档数据", "编码", "编码数据"}
    parts += [_simple(name) for name in sorted(mentioned - told)]
    return etree.XMLSchema(etree.fromstring(f"{_HEAD}{''.join(parts)}{_WRITTEN_OUT}</xs:schema>"))


def _element(name: str, parts: str) -> str:
    inside = "".join(
        f'<xs:element ref="{word.rstrip("?*+")}"{_BOUNDS[word[-1] if word[-1] in "?*+" else ""]}/>'
        for word in parts.split()
    )
    return (
        f'<xs:element name="{name}"><xs:complexType><xs:sequence>{inside}</xs:sequence></xs:complexType></xs:element>'
    )


def _simple(name: str) -> str:
    if name not in _VALUES:
        return f'<xs:element name="{name}" type="xs:{_TYPES.get(name, "string")}"/>'
    values = "".join(f'<xs:enumeration value="{value}"/>' for value in _VALUES[name])
    return (
        f'<xs:element name="{name}"><xs:simpleType><xs:restriction base="xs:string">{values}</xs:restriction>'
        "</xs:simpleType></xs:element>"
    )
