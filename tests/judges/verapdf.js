// Validates PDFs with veraPDF, and prints what fails as JSON: verapdf.js FLAVOURS FILE…, with
// flavours such as `2b,ua1`. Runs in Rhino, the JavaScript engine that veraPDF uses for its own
// rules, so that a Java runtime without a compiler is enough.
/* global Packages, arguments, print */

var java = Packages.java;
var pdfa = Packages.org.verapdf.pdfa;
var Profiles = pdfa.validation.profiles.Profiles;

// The names of the flavours in veraPDF, and the files of their rules.
var FLAVOURS = {
    "2b": ["PDFA_2_B", "PDFA-2B.xml"],
    ua1: ["PDFUA_1", "PDFUA-1.xml"],
};

// How often one rule is reported for one file; all failures are counted.
var REPORTED = 5;

function text(value) {
    return value === null ? null : String(value);
}

// The child elements of an element; those with a name, if one is given.
function children(element, name) {
    var found = [];
    for (var child = element.getFirstChild(); child !== null; child = child.getNextSibling()) {
        if (child.getNodeType() === 1 && (!name || String(child.getNodeName()) === name)) {
            found.push(child);
        }
    }
    return found;
}

function content(element, name) {
    var child = children(element, name)[0];
    return child ? child.getTextContent() : null;
}

function rule(element) {
    var id = children(element, "id")[0];
    var error = children(element, "error")[0];
    var details = java.util.ArrayList();
    children(children(error, "arguments")[0], "argument").forEach(function (argument) {
        var name = argument.hasAttribute("name") ? argument.getAttribute("name") : null;
        var value = argument.getTextContent();
        details.add(pdfa.validation.profiles.ErrorArgumentImpl.fromValues(value, name, null));
    });
    return Profiles.ruleFromValues(
        Profiles.ruleIdFromValues(
            pdfa.flavours.PDFAFlavour.Specification.valueOf(id.getAttribute("specification")),
            id.getAttribute("clause"),
            java.lang.Integer.parseInt(id.getAttribute("testNumber"))
        ),
        element.getAttribute("object"),
        java.lang.Boolean.valueOf(element.getAttribute("deferred")),
        element.getAttribute("tags"),
        content(element, "description"),
        content(element, "test"),
        Profiles.errorFromValues(content(error, "message"), details),
        java.util.ArrayList()
    );
}

// The rules of a flavour. veraPDF reads them with JAXB, which is not in Java since version 11.
function profile(flavour) {
    var factory = Packages.javax.xml.parsers.DocumentBuilderFactory.newInstance();
    var path = "/org/verapdf/pdfa/validation/" + FLAVOURS[flavour][1];
    var stream = java.lang.Class.forName("org.verapdf.pdfa.Foundries").getResourceAsStream(path);
    var root = factory.newDocumentBuilder().parse(stream).getDocumentElement();
    var rules = java.util.HashSet();
    children(children(root, "rules")[0], "rule").forEach(function (element) {
        rules.add(rule(element));
    });
    var variables = java.util.HashSet();
    children(children(root, "variables")[0], "variable").forEach(function (element) {
        variables.add(
            Profiles.variableFromValues(
                element.getAttribute("name"),
                element.getAttribute("object"),
                content(element, "defaultValue"),
                content(element, "value")
            )
        );
    });
    var details = children(root, "details")[0];
    return Profiles.profileFromValues(
        pdfa.flavours.PDFAFlavour.valueOf(FLAVOURS[flavour][0]),
        Profiles.profileDetailsFromValues(
            content(details, "name"), content(details, "description"), "", java.util.Date(0)
        ),
        "",
        rules,
        variables
    );
}

// What fails in a file. Each flavour needs a parser of its own.
function validated(file, flavour, rules) {
    var foundry = pdfa.Foundries.defaultInstance();
    var parser = foundry.createParser(java.io.File(file), rules.getPDFAFlavour());
    try {
        var validator = foundry.createValidator(rules, REPORTED, false, true, false);
        var result = validator.validate(parser);
        var counts = result.getFailedChecks();
        var failures = [];
        var assertions = result.getTestAssertions();
        for (var index = 0; index < assertions.size(); index += 1) {
            var assertion = assertions.get(index);
            failures.push({
                clause: text(assertion.getRuleId().getClause()),
                test: Number(assertion.getRuleId().getTestNumber()),
                count: Number(counts.get(assertion.getRuleId())),
                rule: text(assertion.getMessage()),
                message: text(assertion.getErrorMessage()),
                where: text(assertion.getLocation().getContext()),
            });
        }
        return {
            file: file,
            flavour: flavour,
            valid: Boolean(result.isCompliant()),
            checks: Number(result.getTotalAssertions()),
            failures: failures,
        };
    } finally {
        parser.close();
    }
}

Packages.org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider.initialise();
var results = [];
var files = Array.prototype.slice.call(arguments, 1);
String(arguments[0]).split(",").forEach(function (flavour) {
    var rules = profile(flavour);
    files.forEach(function (file) {
        results.push(validated(file, flavour, rules));
    });
});
print(JSON.stringify(results));
