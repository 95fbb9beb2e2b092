// Long because it holds the writing and the reading of the same form side by side.
#include "agent/decision_json.hpp"

#include <boost/json.hpp>
#include <array>
#include <exception>
#include <stdexcept>
#include <utility>

#include "agent/limits.hpp"

namespace agent {

namespace {

namespace json = boost::json;
using namespace rules;

/// The enumerator that `to_text` writes as `text`.
template <class Enum, std::size_t N>
Enum read_enum(const json::value& value, const std::array<Enum, N>& all) {
    const std::string_view text = value.as_string();
    for (const Enum candidate : all) {
        if (rules::to_text(candidate) == text) return candidate;
    }
    throw std::invalid_argument("unknown name " + std::string(text));
}

constexpr std::array verdicts{Verdict::archive, Verdict::skip, Verdict::hold, Verdict::fail};
constexpr std::array outcomes{
    Outcome::user,        Outcome::contact,   Outcome::lead,    Outcome::create_contact,
    Outcome::create_lead, Outcome::unmatched, Outcome::blocked, Outcome::duplicate
};
constexpr std::array positions{
    Position::from, Position::reply_to, Position::to, Position::cc, Position::bcc
};
constexpr std::array moves{
    Disposition::Move::none,
    Disposition::Move::inbox,
    Disposition::Move::sent_items,
    Disposition::Move::stay
};

std::string text_of(const json::value& value) { return std::string(value.as_string()); }

template <class Read>
auto read_all(const json::value& value, Read read) {
    std::vector<decltype(read(value))> result;
    for (const json::value& element : value.as_array()) result.push_back(read(element));
    return result;
}

std::optional<std::string> optional_text(const json::value& value) {
    if (value.is_null()) return std::nullopt;
    return text_of(value);
}

json::value or_null(const std::optional<std::string>& text) {
    return text ? json::value(*text) : json::value(nullptr);
}

RecordKind kind_of(const json::value& value) {
    const auto kind = record_kind(text_of(value));
    if (!kind) throw std::invalid_argument("unknown kind " + text_of(value));
    return *kind;
}

json::object write(const Reference& reference) {
    return {{"kind", to_text(reference.kind)},
            {"record", reference.id},
            {"created", reference.created}};
}

json::value write(const std::optional<Reference>& reference) {
    return reference ? json::value(write(*reference)) : json::value(nullptr);
}

Reference read_reference(const json::value& value) {
    return {kind_of(value.at("kind")), text_of(value.at("record")), value.at("created").as_bool()};
}

std::optional<Reference> read_optional_reference(const json::value& value) {
    if (value.is_null()) return std::nullopt;
    return read_reference(value);
}

json::object write(const AddresseeOutcome& addressee) {
    json::object object{
        {"address", addressee.address},
        {"position", to_text(addressee.position)},
        {"outcome", to_text(addressee.outcome)},
        {"record", addressee.record ? json::value(addressee.record->id) : json::value(nullptr)},
        {"why", addressee.why}
    };
    object["reference"] = write(addressee.record);
    json::array others;
    for (const Reference& other : addressee.others) others.push_back(write(other));
    object["others"] = std::move(others);
    return object;
}

AddresseeOutcome read_addressee(const json::value& value) {
    AddresseeOutcome addressee;
    addressee.address = text_of(value.at("address"));
    addressee.position = read_enum(value.at("position"), positions);
    addressee.outcome = read_enum(value.at("outcome"), outcomes);
    addressee.record = read_optional_reference(value.at("reference"));
    addressee.others = read_all(value.at("others"), read_reference);
    addressee.why = text_of(value.at("why"));
    return addressee;
}

json::object write(const Create& create) {
    json::object fields;
    for (const auto& [name, text] : create.fields) fields[name] = text;
    return {{"kind", to_text(create.kind)},
            {"key", create.key},
            {"name", create.name},
            {"fields", std::move(fields)},
            {"account", write(create.account)},
            {"contact", write(create.contact)}};
}

Create read_create(const json::value& value) {
    Create create;
    create.kind = kind_of(value.at("kind"));
    create.key = text_of(value.at("key"));
    create.name = text_of(value.at("name"));
    for (const auto& [name, text] : value.at("fields").as_object()) {
        create.fields[std::string(name)] = text_of(text);
    }
    create.account = read_optional_reference(value.at("account"));
    create.contact = read_optional_reference(value.at("contact"));
    return create;
}

json::object write(const AttachmentChoice& choice) {
    return {{"filename", or_null(choice.filename)}, {"stored", choice.stored}, {"why", choice.why}};
}

AttachmentChoice read_choice(const json::value& value) {
    return {
        optional_text(value.at("filename")), value.at("stored").as_bool(), text_of(value.at("why"))
    };
}

json::object write(const TraceStep& step) {
    return {{"stage", step.stage},
            {"subject", step.subject},
            {"seen", step.seen},
            {"verdict", step.verdict}};
}

TraceStep read_step(const json::value& value) {
    return {
        text_of(value.at("stage")),
        text_of(value.at("subject")),
        text_of(value.at("seen")),
        text_of(value.at("verdict"))
    };
}

template <class T>
json::array write_all(const std::vector<T>& values) {
    json::array array;
    array.reserve(values.size());
    for (const T& value : values) array.push_back(write(value));
    return array;
}

json::array texts(const std::vector<std::string>& values) {
    return json::array(values.begin(), values.end());
}

json::object write(const Disposition& disposition) {
    json::object object;
    object["move"] = disposition.move == Disposition::Move::none
                         ? json::value(nullptr)
                         : json::value(to_text(disposition.move));
    object["purge"] = disposition.purge;
    object["copy"] = disposition.copy;
    object["categories_add"] = texts(disposition.categories_add);
    object["categories_remove"] = texts(disposition.categories_remove);
    return object;
}

Disposition read_disposition(const json::value& value) {
    Disposition disposition;
    if (!value.at("move").is_null()) disposition.move = read_enum(value.at("move"), moves);
    disposition.purge = value.at("purge").as_bool();
    disposition.copy = value.at("copy").as_bool();
    disposition.categories_add = read_all(value.at("categories_add"), text_of);
    disposition.categories_remove = read_all(value.at("categories_remove"), text_of);
    return disposition;
}

Decision read_decision(const json::value& value) {
    Decision decision;
    decision.verdict = read_enum(value.at("verdict"), verdicts);
    decision.reason = text_of(value.at("reason"));
    decision.rule = optional_text(value.at("rule")).value_or("");
    decision.known = value.at("known").as_bool();
    decision.again = value.at("again").as_bool();
    decision.addressees = read_all(value.at("addressees"), read_addressee);
    decision.create = read_all(value.at("create"), read_create);
    decision.links = read_all(value.at("links"), read_reference);
    decision.body_suffix = text_of(value.at("body_suffix"));
    decision.attachments = read_all(value.at("attachments"), read_choice);
    decision.disposition = read_disposition(value.at("disposition"));
    decision.trace = read_all(value.at("trace"), read_step);
    return decision;
}

}  // namespace

json::object to_json(const Decision& decision) {
    json::object object;
    object["verdict"] = to_text(decision.verdict);
    object["reason"] = decision.reason;
    object["rule"] = decision.rule.empty() ? json::value(nullptr) : json::value(decision.rule);
    object["known"] = decision.known;
    object["again"] = decision.again;
    object["addressees"] = write_all(decision.addressees);
    object["create"] = write_all(decision.create);
    object["links"] = write_all(decision.links);
    object["body_suffix"] = decision.body_suffix;
    object["attachments"] = write_all(decision.attachments);
    object["disposition"] = write(decision.disposition);
    object["trace"] = write_all(decision.trace);
    return object;
}

std::optional<Decision> decision_from_json(std::string_view text) {
    json::parse_options options;
    options.allow_invalid_utf8 = true;  // names of attachments are what the sender made them
    try {
        return read_decision(json::parse({text.data(), text.size()}, {}, options));
    } catch (const std::exception&) {
        return std::nullopt;
    }
}

rules::Decision abridged(rules::Decision decision) {
    const auto cut = [](std::string& text) {
        if (text.size() <= limits::kept_text) return;
        std::size_t end = limits::kept_text;
        while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
        text.resize(end);
        text += "…";
    };
    for (rules::Create& create : decision.create) {
        for (auto& [name, value] : create.fields) cut(value);
    }
    cut(decision.body_suffix);
    return decision;
}

}  // namespace agent
