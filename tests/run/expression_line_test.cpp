// Lines of JSON and their answers: what is read, what is refused, and typed values that come back as they went in.
#include "run/expression_line.hpp"

#include <gtest/gtest.h>

#include <string>

#include "facts/typed_json.hpp"

namespace praxe {
namespace {

struct Row {
    std::string line, answer;
    bool readable;
};

std::string typed_list(std::size_t nesting) {
    std::string text;
    for (std::size_t i = 0; i < nesting; ++i) text += R"({"type":"list","value":[)";
    for (std::size_t i = 0; i < nesting; ++i) text += "]}";
    return text;
}

TEST(ExpressionLine, IsAnswered) {
    const Row rows[] = {
        {R"({"expr": "1 + 1"})", R"({"value":{"type":"int","value":"2"}})", true},
        {R"({"expr": "x", "bindings": {"x": {"type": "uint", "value": "18446744073709551615"}}})",
         R"({"value":{"type":"uint","value":"18446744073709551615"}})", true},
        {R"({"expr": "x.y", "bindings": {"x.y": {"type": "null", "value": null}}})",
         R"({"value":{"type":"null","value":null}})", true},
        {R"({"expr": "\"a\u0000b\""})", R"({"value":{"type":"string","value":"a\u0000b"}})", true},
        {R"({"expr": "1 / 0"})", R"({"error":"division by zero: 1 / 0"})", true},
        {R"({"expr": "[1, 2]", "check_only": true})", R"~({"type":"list(int)"})~", true},
        {R"({"expr": "1 + true || true", "disable_check": true})", R"({"value":{"type":"bool","value":true}})", true},
        {R"({"expr": "y", "container": "x", "bindings": {"x.y": {"type": "int", "value": "1"}}})",
         R"({"value":{"type":"int","value":"1"}})", true},
        {R"~({"expr": "abs(-2)", "container": "math"})~", R"({"value":{"type":"int","value":"2"}})", true},
        {R"~({"expr": "abs(-2)", "container": "math.more", "disable_check": true})~",
         R"({"value":{"type":"int","value":"2"}})", true},
        {R"~({"expr": ".abs(-2)", "container": "math"})~", R"({"error":"1:2: there is no function `abs`"})", true},
        {R"~({"expr": "math.abs(-2) + abs(-1)", "container": "math"})~", R"({"value":{"type":"int","value":"3"}})",
         true},
        {R"~({"expr": "q.f(1)", "container": "p", "check_only": true,
              "functions": [{"name": "p.q.f", "params": ["int"], "result": "bool"},
                            {"name": "q.f", "params": ["int"], "result": "string"}]})~",
         R"({"type":"bool"})", true},
        {R"~({"expr": ".q.f(1)", "container": "p", "check_only": true,
              "functions": [{"name": "p.q.f", "params": ["int"], "result": "bool"},
                            {"name": "q.f", "params": ["int"], "result": "string"}]})~",
         R"({"type":"string"})", true},
        {R"~({"expr": "[f([1]), null][0]", "check_only": true,
              "functions": [{"name": "f", "params": ["list(<T>)"], "result": "pair(<T>, uint)"}]})~",
         R"~({"type":"pair(int, uint)"})~", true},
        {R"~({"expr": "[f([1]), f([dyn(1)])]", "check_only": true,
              "functions": [{"name": "f", "params": ["list(<T>)"], "result": "pair(<T>, uint)"}]})~",
         R"~({"type":"list(pair(dyn, uint))"})~", true},
        {R"~({"expr": "'a'.f(2)", "check_only": true,
              "functions": [{"name": "f", "member": true, "params": ["string", "int"], "result": "bool"}]})~",
         R"({"type":"bool"})", true},
        {R"~({"expr": "f(1)", "functions": [{"name": "f", "params": ["int"], "result": "bool"}]})~",
         R"({"error":"there is no function \"f\""})", true},
        {R"~({"expr": "f(1)", "functions": [{"name": "f", "params": ["int"]}]})~",
         R"({"error":"cannot read functions"})", false},
        {"", R"({"error":"the line is not JSON"})", false},
        {R"({"expr": "1"} 2)", R"({"error":"the line is not JSON"})", false},
        {"{\"expr\": \"\xff\"}", R"({"error":"the line is not JSON"})", false},
        {"[]", R"({"error":"expected an object with the member \"expr\""})", false},
        {R"({"expr": 1})", R"({"error":"\"expr\" and \"container\" are strings"})", false},
        {R"({"expr": "1", "check_only": 1})", R"({"error":"\"disable_check\" and \"check_only\" are true or false"})",
         false},
        {R"({"expr": "x", "bindings": {"x": {"type": "int", "value": 1}}})",
         R"({"error":"cannot read bindings \"x\""})", false},
        {R"({"expr": "x", "type_env": {"x": "some.Message"}})", R"({"error":"cannot read type_env \"x\""})", false},
    };
    for (const Row& row : rows) {
        bool readable = !row.readable;
        EXPECT_EQ(answer_line(row.line, {}, readable), row.answer) << row.line;
        EXPECT_EQ(readable, row.readable) << row.line;
    }
}

TEST(ExpressionLine, GivesEveryTypedValueBackAsItCame) {
    const std::string values[] = {
        R"({"type":"bool","value":true})",
        R"({"type":"int","value":"-9223372036854775808"})",
        R"({"type":"double","value":"-0.0"})",
        R"({"type":"double","value":"1.7976931348623157e+308"})",
        R"({"type":"double","value":"-inf"})",
        R"({"type":"double","value":"nan"})",
        R"({"type":"bytes","value":"00ff0a"})",
        R"({"type":"timestamp","value":{"seconds":"-1","nanos":999999999}})",
        R"({"type":"timestamp","value":{"seconds":"253402300799","nanos":999999999}})",
        R"({"type":"duration","value":{"seconds":"-1","nanos":-1}})",
        R"({"type":"duration","value":{"seconds":"0","nanos":-1001}})",
        R"({"type":"date","value":"2024-02-29"})",
        R"({"type":"money","value":"-0.05"})",
        R"({"type":"percent","value":"12.50"})",
        R"({"type":"business_days","value":"2"})",
        R"({"type":"type","value":"google.protobuf.Timestamp"})",
        R"({"type":"list","value":[{"type":"string","value":"é"},{"type":"list","value":[]}]})",
        R"({"type":"map","value":[[{"type":"bool","value":true},{"type":"int","value":"1"}]]})",
    };
    for (const std::string& value : values) {
        bool readable = false;
        EXPECT_EQ(answer_line(R"({"expr": "x", "bindings": {"x": )" + value + "}}", {}, readable),
                  "{\"value\":" + value + "}");
    }
}

TEST(ExpressionLine, RefusesTypedValuesThatAreWrong) {
    const std::string values[] = {
        R"({"type":"int","value":"9223372036854775808"})",
        R"({"type":"int","value":" 1"})",
        R"({"type":"uint","value":"-1"})",
        R"({"type":"bytes","value":"0"})",
        R"({"type":"bytes","value":"0g"})",
        R"({"type":"timestamp","value":{"seconds":"253402300800","nanos":0}})",
        R"({"type":"duration","value":{"seconds":"9223372036854775807","nanos":0}})",
        R"({"type":"date","value":"2023-02-29"})",
        R"({"type":"money","value":"0.005"})",
        R"({"type":"map","value":[[{"type":"double","value":"1.0"},{"type":"int","value":"1"}]]})",
        R"({"type":"map","value":[[{"type":"int","value":"1"},{"type":"null","value":null}],[{"type":"uint","value":"1"},{"type":"null","value":null}]]})",
        R"({"type":"proto","value":{}})",
        R"({"value":"1"})",
        typed_list(max_typed_nesting + 1),
    };
    for (const std::string& value : values) {
        bool readable = true;
        answer_line(R"({"expr": "x", "bindings": {"x": )" + value + "}}", {}, readable);
        EXPECT_FALSE(readable) << value;
    }
    bool readable = false;
    answer_line(R"({"expr": "x", "bindings": {"x": )" + typed_list(max_typed_nesting) + "}}", {}, readable);
    EXPECT_TRUE(readable);
}

}  // namespace
}  // namespace praxe
